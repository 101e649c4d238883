/**
 * Works one at a time, so that a double click does it once.
 *
 * @param {{busy: boolean}} state of a component, which disables its buttons by it
 * @param {() => Promise} work
 */
export async function once(state, work) {
    if (state.busy) {
        return;
    }
    state.busy = true;
    try {
        await work();
    } finally {
        state.busy = false;
    }
}
