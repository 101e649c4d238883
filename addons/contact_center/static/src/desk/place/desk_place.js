import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const APP = "contact_center.contact_center_menu";
const DESK = "contact_center.desk_action";
const CHANNEL = "discuss.channel";

/**
 * Where the user is, and what the desk shows between two conversations.
 *
 * The desk is Discuss with the contact center's own things only: who waits, who is served,
 * colleagues. Whatever else Discuss would show there (the channel of all employees, OdooBot, the
 * inbox) leads to an empty desk: nothing that is written for a citizen must reach other people.
 */
export class DeskPlace {
    /** @param {import("../desk_lists").DeskLists} desk */
    constructor(desk) {
        this.desk = desk;
        /** Ids of the partners of those who work in the contact center, by name. */
        this.colleagueIds = [];
        /** The empty desk's first line: why the conversation is gone. */
        this.notice = "";
        /** Whether the empty desk waits for the next key: only after one's own doing. */
        this.isNextUnderFinger = false;
        /** Conversation that the user is about to end or to pass on, and its channel. */
        this.endingId = 0;
        /** Channel of the conversation that left the screen before its lists were told. */
        this.lostChannelId = 0;
        /** How often the desk was entered. */
        this.visit = 0;
        /** How often a conversation had been asked for when the desk was entered. */
        this.askedBefore = 0;
        /** Channel that the desk showed when the user went to another screen. */
        this.lastChannelId = 0;
    }

    get store() {
        return this.desk.env.store;
    }

    get isAtDesk() {
        return this.store.discuss.isContactCenterDesk;
    }

    /** Whether the user looks at a screen of the contact center, the desk or another one. */
    get isHere() {
        return this.isAtDesk || this.store.discuss.isContactCenterApp;
    }

    /** Follows the app that the user works in. */
    watchApp() {
        const { bus, menu } = this.desk.env;
        const look = () => {
            this.store.discuss.isContactCenterApp = menu.getCurrentApp()?.xmlid === APP;
        };
        bus.addEventListener("MENUS:APP-CHANGED", look);
        look();
    }

    // Coming and going

    /** @returns {number} which visit this is, for `leave` */
    enter() {
        this.store.discuss.isContactCenterDesk = true;
        this.askedBefore = this.desk.asked;
        return ++this.visit;
    }

    /** Shows the menus of the contact center, also to somebody whom a link led here. */
    showMenus() {
        const { menu } = this.desk.env;
        const app = menu.getApps().find(({ xmlid }) => xmlid === APP);
        if (app) {
            menu.setCurrentMenu(app);
        }
    }

    /** @param {number} visit that ends; nothing ends when a later one has begun meanwhile */
    leave(visit) {
        if (visit !== this.visit) {
            return;
        }
        const { discuss } = this.store;
        this.lastChannelId = discuss.thread?.id || 0;
        // Before the place changes: Discuss itself must not open with a conversation
        discuss.thread = undefined;
        discuss.isContactCenterDesk = false;
        this.notice = "";
    }

    /**
     * @param {number} [channelId] what the desk shows; without one the next of one's own
     * @param {Object} [options] of the action service
     */
    openDesk(channelId, options = {}) {
        const additionalContext = channelId ? { active_id: `${CHANNEL}_${channelId}` } : {};
        return this.desk.env.action.doAction(DESK, { ...options, additionalContext });
    }

    /** @param {number} channelId somebody else's business, which Odoo's Discuss shows */
    openElsewhere(channelId) {
        return this.desk.env.action.doAction("mail.action_discuss", {
            additionalContext: { active_id: `${CHANNEL}_${channelId}` },
        });
    }

    /**
     * Shows what the address asks for; else what was shown before, or the next of one's own.
     *
     * @param {[string, number]} [asked] model and id of a thread
     * @param {boolean} [isFirst] whether the desk was entered just now
     */
    async restore(asked, isFirst = false) {
        await this.desk.ready;
        // the user was quicker: what they chose is shown, and nothing else
        const isChosen = isFirst && this.desk.asked !== this.askedBefore;
        if (asked && !isChosen) {
            const [model, id] = asked;
            const thread =
                model === CHANNEL ? await this.store.Thread.getOrFetch({ model, id }) : undefined;
            if (thread?.isOfDesk) {
                this.desk.updateThread(thread);
                thread.setAsDiscussThread(false);
            } else {
                this.rest(
                    model === CHANNEL && !thread
                        ? _t("This conversation is no longer available to you.")
                        : ""
                );
            }
            return;
        }
        const before = this.desk.mine.find(({ channel_id }) => channel_id === this.lastChannelId);
        const row = isChosen ? this.desk.askedRow : before || this.nextOfMine();
        if (row && (isChosen || !this.desk.env.ui.isSmall)) {
            await this.desk.open(row);
        } else {
            this.rest();
        }
    }

    // Between two conversations

    /**
     * @param {string} [notice] why there is nothing on the desk
     * @param {boolean} [isNextUnderFinger] whether Enter takes the next one
     */
    rest(notice = "", isNextUnderFinger = false) {
        Object.assign(this, { notice, isNextUnderFinger });
        this.store.discuss.thread = undefined;
    }

    /** @param {Object} [thread] Discuss would show something else instead of it */
    lose(thread) {
        this.lostChannelId = thread?.id || 0;
        this.rest();
    }

    /** @param {number} [besides] id of a conversation that does not count */
    nextOfMine(besides) {
        const waits = (row) => (row.unread ? 0 : 1);
        return this.desk.mine
            .filter(({ id }) => id !== besides)
            .sort(
                (a, b) =>
                    waits(a) - waits(b) ||
                    (a.last_inbound_at || "").localeCompare(b.last_inbound_at || "")
            )[0];
    }

    /**
     * A conversation of the user ended or went on to somebody else.
     *
     * After one's own doing the next of one's own comes. When others did it the user may be
     * writing at this moment, and must not find themselves before another citizen.
     *
     * @param {Object} row the conversation
     */
    async onLeft(row) {
        const thread = this.store.Thread.get({ model: CHANNEL, id: row.channel_id });
        const isSmall = this.desk.env.ui.isSmall;
        const isShown = isSmall
            ? Boolean(thread?.chat_window?.isOpen)
            : Boolean(thread) && thread.eq(this.store.discuss.thread);
        const isLost = this.lostChannelId === row.channel_id && !this.store.discuss.thread;
        thread?.closeChatWindow({ force: true });
        if (!this.isAtDesk || !(isShown || isLost)) {
            return;
        }
        this.lostChannelId = 0;
        const isOwnDoing = this.endingId === row.id;
        this.rest(isOwnDoing ? "" : this.goneWords(row), isOwnDoing);
        thread?.forgetOlder();
        const next = isOwnDoing && !isSmall && this.nextOfMine(row.id);
        if (next) {
            await this.desk.open(next);
        }
    }

    /** @param {Object} row conversation that is gone without the user's doing */
    goneWords(row) {
        const name = row.partner || row.protocol || "";
        return row.state === "in_service" && row.agent
            ? _t("%(agent)s goes on with %(citizen)s. Your unsent text was not sent.", {
                  agent: row.agent,
                  citizen: name,
              })
            : _t("%s is no longer with you. Your unsent text was not sent.", name);
    }

    // Colleagues

    async loadColleagues() {
        const { ids, store } = await this.desk.env.orm.silent.call(
            "res.users",
            "get_contact_center_colleagues",
            []
        );
        this.store.insert(store);
        this.colleagueIds = ids;
    }

    /** @param {Object} [partner] whether they work in the contact center as well */
    isColleague(partner) {
        return Boolean(partner) && partner.id !== user.partnerId && this.isListed(partner.id);
    }

    isListed(partnerId) {
        return this.colleagueIds.includes(partnerId);
    }

    /**
     * Colleagues whose messages were not read come first, then those who are there, by name.
     *
     * @param {Object} [store] of Discuss, as a component watches it
     */
    listColleagues(store = this.store) {
        const rank = (partner) =>
            (this.unreadOf(partner) ? 0 : 2) +
            (["online", "away", "busy"].includes(partner.im_status) ? 0 : 1);
        return this.colleagueIds
            .map((id) => store["res.partner"].get(id))
            .filter(Boolean)
            .sort((a, b) => rank(a) - rank(b) || a.displayName.localeCompare(b.displayName));
    }

    /** @param {Object} partner messages of theirs that the user has not read */
    unreadOf(partner) {
        return partner.searchChat()?.self_member_id?.message_unread_counter || 0;
    }

    /** @param {Object} [store] as in `listColleagues` */
    countUnread(store) {
        return this.listColleagues(store).filter((partner) => this.unreadOf(partner)).length;
    }
}
