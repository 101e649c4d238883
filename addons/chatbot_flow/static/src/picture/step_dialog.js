import { _t } from "@web/core/l10n/translation";
import { useOwnedDialogs } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

/**
 * A function that opens a step in a dialog, whatever part of the flow's form names it.
 *
 * Changes in the flow's form are saved before, and the form is read again after.
 *
 * @returns {(record: Object, stepId: number) => Promise<void>} `record`: the flow's form
 */
export function useStepDialog() {
    const addDialog = useOwnedDialogs();
    return async (record, stepId) => {
        if ((await record.isDirty()) && !(await record.save())) {
            return;
        }
        addDialog(FormViewDialog, {
            resModel: "chatbot.flow.step",
            resId: stepId,
            title: _t("Step"),
            canExpand: false,
            size: "xl",
            onRecordSaved: () => record.load(),
        });
    };
}
