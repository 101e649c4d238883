import { useState } from "@odoo/owl";

const [NEAREST, FARTHEST] = [2.5, 0.08];
/** Points that an arrow key moves the picture. */
const STEP = 60;

/**
 * The visible part of the picture and its scale: moved by mouse, finger and keyboard.
 *
 * @param {{el: SVGElement | null}} ref the element in which the picture is drawn
 * @returns {Camera}
 */
export function useCamera(ref) {
    return useState(new Camera(ref));
}

class Camera {
    x = 0;
    y = 0;
    zoom = 1;

    /** @param {{el: SVGElement | null}} ref */
    constructor(ref) {
        this.ref = ref;
        this.grip = null;
    }

    get transform() {
        return `translate(${this.x} ${this.y}) scale(${this.zoom})`;
    }

    get size() {
        const { width, height } = this.ref.el?.getBoundingClientRect() || {};
        return { width: width || 600, height: height || 400 };
    }

    /**
     * Shows all of a drawing; of one that would be too small to be read, its beginning.
     *
     * @param {{width: number, height: number, start?: {x: number, y: number}}} drawing
     * @param {number} [least] smallest size
     */
    fit(drawing, least = FARTHEST) {
        const { width, height } = this.size;
        const whole = Math.min(width / drawing.width, height / drawing.height);
        this.zoom = Math.min(1, Math.max(least, whole));
        const start = drawing.start || { x: 0, y: 0 };
        this.x = this.place(width, drawing.width * this.zoom, start.x * this.zoom);
        this.y = this.place(height, drawing.height * this.zoom, start.y * this.zoom);
    }

    /**
     * Where a drawing begins along one side: in the middle, or with its start in view.
     *
     * @param {number} room what is seen
     * @param {number} size of the drawing
     * @param {number} start place in the drawing
     */
    place(room, size, start) {
        if (size <= room) {
            return (room - size) / 2;
        }
        return Math.min(0, Math.max(room - size, room / 2 - start));
    }

    /**
     * Puts a point of the drawing in the middle.
     *
     * @param {number} x
     * @param {number} y
     */
    centre(x, y) {
        const { width, height } = this.size;
        this.zoom = Math.max(this.zoom, 0.7);
        this.x = width / 2 - x * this.zoom;
        this.y = height / 2 - y * this.zoom;
    }

    /**
     * @param {number} factor above 1: nearer
     * @param {{x: number, y: number}} [at] what stays where it is; the middle without it
     */
    zoomBy(factor, at) {
        const { width, height } = this.size;
        const point = at || { x: width / 2, y: height / 2 };
        const zoom = Math.min(NEAREST, Math.max(FARTHEST, this.zoom * factor));
        this.x = point.x - ((point.x - this.x) * zoom) / this.zoom;
        this.y = point.y - ((point.y - this.y) * zoom) / this.zoom;
        this.zoom = zoom;
    }

    /** @param {WheelEvent} ev */
    onWheel(ev) {
        const { left, top } = this.ref.el.getBoundingClientRect();
        this.zoomBy(Math.exp(-ev.deltaY / 400), { x: ev.clientX - left, y: ev.clientY - top });
    }

    /** @param {PointerEvent} ev */
    onDown(ev) {
        if (ev.button === 0 && !ev.target.closest("[data-step]")) {
            this.grip = { x: ev.clientX - this.x, y: ev.clientY - this.y };
            this.ref.el.setPointerCapture(ev.pointerId);
        }
    }

    /** @param {PointerEvent} ev */
    onMove(ev) {
        if (this.grip) {
            this.x = ev.clientX - this.grip.x;
            this.y = ev.clientY - this.grip.y;
        }
    }

    onUp() {
        this.grip = null;
    }

    /**
     * @param {string} key name of a key
     * @returns {boolean} whether it moved anything
     */
    onKey(key) {
        const moves = {
            ArrowLeft: () => (this.x += STEP),
            ArrowRight: () => (this.x -= STEP),
            ArrowUp: () => (this.y += STEP),
            ArrowDown: () => (this.y -= STEP),
            "+": () => this.zoomBy(1.2),
            "-": () => this.zoomBy(1 / 1.2),
        };
        moves[key]?.();
        return key in moves;
    }
}
