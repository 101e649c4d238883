import { useBus } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

import { useDebounced } from "@web/core/utils/timing";

/** Many changes within this time are shown by one reload, in milliseconds. */
const RELOAD_DELAY = 300;

/** Reloads the view when a conversation changes, unless the user is editing in it. */
function useLiveReload(controller) {
    const reload = useDebounced(() => {
        if (!controller.model.root.editedRecord) {
            controller.model.load();
        }
    }, RELOAD_DELAY);
    useBus(controller.env.bus, "CONTACT_CENTER:CHANGED", reload);
}

export class ConversationKanbanController extends KanbanController {
    setup() {
        super.setup();
        useLiveReload(this);
    }
}

export class ConversationListController extends ListController {
    setup() {
        super.setup();
        useLiveReload(this);
    }
}

registry.category("views").add("contact_center_conversation_kanban", {
    ...kanbanView,
    Controller: ConversationKanbanController,
});
registry.category("views").add("contact_center_conversation_list", {
    ...listView,
    Controller: ConversationListController,
});
