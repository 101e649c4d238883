import { Component } from "@odoo/owl";

const WIDTH = 96;
const HEIGHT = 24;

/** How many were waiting in the last hour, as a small line; the last point is now. */
export class Trend extends Component {
    static template = "contact_center_supervision.Trend";
    static props = { points: { type: Array, element: Number }, label: String };

    setup() {
        this.width = WIDTH;
        this.height = HEIGHT;
    }

    get line() {
        const { points } = this.props;
        const top = Math.max(...points, 1);
        const step = (WIDTH - 4) / (points.length - 1);
        return points
            .map((value, place) => {
                const y = HEIGHT - 3 - (value / top) * (HEIGHT - 6);
                return `${(2 + place * step).toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    get last() {
        const [x, y] = this.line.split(" ").at(-1).split(",");
        return { x, y };
    }
}
