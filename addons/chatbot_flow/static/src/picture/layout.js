import { loadJS } from "@web/core/assets";

export const NODE = { width: 208, height: 66 };
/** Room that the words of an arrow take, in points, by character. */
const LETTER = 5.4;
const LABEL_HEIGHT = 14;

/**
 * Loads the layout library, once, when a first picture is drawn: other screens do not pay for it.
 *
 * @returns {Promise<typeof window.dagre>}
 */
async function loadDagre() {
    await loadJS("/chatbot_flow/static/lib/dagre/dagre.min.js");
    return window.dagre;
}

/**
 * Where each box and each arrow of a graph stands: from left to right or from top to bottom, as it
 * fits better into what is seen.
 *
 * @param {{nodes: Object[], edges: Object[], start: string}} graph what `get_graph` gives
 * @param {{width: number, height: number}} seen points
 * @returns {Promise<Drawing>}
 *
 * @typedef {{width: number, height: number, boxes: Map<string, {x: number, y: number}>,
 *     arrows: {path: string, x: number, y: number}[], start: {x: number, y: number}}} Drawing
 *     boxes by key, their upper left corner; arrows in the order of the edges, with the middle of
 *     their words; the middle of the first box
 */
export async function layOut(graph, seen) {
    const dagre = await loadDagre();
    const drawings = ["LR", "TB"].map((direction) => draw(dagre, graph, direction));
    const size = ({ width, height }) => Math.min(seen.width / width, seen.height / height, 1);
    const [across, down] = drawings;
    return size(down) > size(across) ? down : across;
}

/**
 * @param {typeof window.dagre} dagre
 * @param {{nodes: Object[], edges: Object[], start: string}} graph
 * @param {"LR"|"TB"} direction
 * @returns {Drawing}
 */
function draw(dagre, graph, direction) {
    const drawing = new dagre.graphlib.Graph({ multigraph: true });
    drawing.setGraph({ rankdir: direction, nodesep: 16, ranksep: 46, marginx: 24, marginy: 24 });
    drawing.setDefaultEdgeLabel(() => ({}));
    for (const node of graph.nodes) {
        drawing.setNode(node.key, { ...NODE });
    }
    graph.edges.forEach((edge, index) => {
        const width = Math.round(edge.label.length * LETTER) + (edge.label ? 34 : 0);
        drawing.setEdge(
            edge.from,
            edge.to,
            { width, height: width ? LABEL_HEIGHT : 0, labelpos: "c" },
            String(index)
        );
    });
    dagre.layout(drawing);
    const boxes = new Map();
    for (const node of graph.nodes) {
        const { x, y } = drawing.node(node.key);
        boxes.set(node.key, { x: x - NODE.width / 2, y: y - NODE.height / 2 });
    }
    const arrows = graph.edges.map((edge, index) => {
        const { points, x, y } = drawing.edge(edge.from, edge.to, String(index));
        const middle = points[Math.floor(points.length / 2)];
        return { path: smooth(points), x: x ?? middle.x, y: y ?? middle.y };
    });
    const { width, height } = drawing.graph();
    const first = drawing.node(graph.start);
    return { width, height, boxes, arrows, start: first && { x: first.x, y: first.y } };
}

/**
 * A line that bends softly at each point.
 *
 * @param {{x: number, y: number}[]} points at least two
 * @returns {string} for the attribute `d` of a path
 */
function smooth(points) {
    const at = ({ x, y }) => `${Math.round(x)} ${Math.round(y)}`;
    let path = `M${at(points[0])}`;
    for (let index = 1; index < points.length - 1; index++) {
        const [point, next] = [points[index], points[index + 1]];
        const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
        path += ` Q${at(point)} ${at(middle)}`;
    }
    return `${path} L${at(points[points.length - 1])}`;
}
