/** Menus and searches of Discuss, over the screens of the contact center: colleagues only. */

import { MessagingMenu } from "@mail/core/public_web/messaging_menu";
import { SuggestionService } from "@mail/core/common/suggestion_service";
import { DiscussCommandPalette } from "@mail/discuss/core/public_web/discuss_command_palette";
import { cleanTerm } from "@mail/utils/common/format";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";

import { Colleagues } from "./colleagues";
import { DeskRest } from "./desk_rest";

/** So many are offered by the palette at once. */
const PALETTE_LIMIT = 10;

/** @returns {import("./desk_place").DeskPlace} of the environment's desk */
function placeOf(env) {
    return env.services["contact_center.desk"].place;
}

Object.assign(MessagingMenu.components, { Colleagues, DeskRest });

patch(MessagingMenu.prototype, {
    get place() {
        return placeOf(this.env);
    },
    get isContactCenter() {
        const { isContactCenterApp, isContactCenterDesk } = this.store.discuss;
        return Boolean(isContactCenterApp || isContactCenterDesk);
    },
    get threads() {
        if (!this.isContactCenter) {
            return super.threads;
        }
        const isColleagues = (thread) => thread.channel_type === "chat" && thread.isOfDesk;
        return this.env.inDiscussApp ? [] : super.threads.filter(isColleagues);
    },
    get hasPreviews() {
        return (
            (this.env.inDiscussApp && this.store.discuss.isContactCenterDesk) || super.hasPreviews
        );
    },
    get counter() {
        return this.isContactCenter ? this.place.countUnread(this.store) : super.counter;
    },
    /** The desk offers them itself, between two conversations. */
    get shouldAskPushPermission() {
        return !this.isContactCenter && super.shouldAskPushPermission;
    },
    get canPromptToInstall() {
        return !this.isContactCenter && super.canPromptToInstall;
    },
    get _tabs() {
        if (!(this.env.inDiscussApp && this.store.discuss.isContactCenterDesk)) {
            return super._tabs;
        }
        return [
            {
                counter: this.place.desk.mine.filter((row) => row.unread).length,
                icon: "fa fa-headphones",
                id: "notification",
                label: _t("Desk"),
                sequence: 10,
            },
            {
                counter: this.place.countUnread(this.store),
                icon: "fa fa-address-book-o",
                id: "chat",
                label: _t("Colleagues"),
                sequence: 20,
            },
        ];
    },
});

patch(SuggestionService.prototype, {
    /** At the desk a message to a colleague names no channel. */
    getSupportedDelimiters() {
        const delimiters = super.getSupportedDelimiters(...arguments);
        return placeOf(this.env).isAtDesk
            ? delimiters.filter(([delimiter]) => delimiter !== "#")
            : delimiters;
    },
    getPartnerSuggestions(thread) {
        const partners = super.getPartnerSuggestions(...arguments);
        const place = placeOf(this.env);
        return place.isAtDesk && !thread?.contact_center_conversation
            ? partners.filter((partner) => place.isColleague(partner))
            : partners;
    },
});

const providers = registry.category("command_provider");
const PALETTE = "find_or_start_conversation";
const JOIN_LEAVE = "im_livechat.channel_join_leave";
const odooPalette = providers.get(PALETTE);
const odooJoinLeave = providers.get(JOIN_LEAVE);

providers.add(
    PALETTE,
    {
        ...odooPalette,
        async provide(env, options) {
            const place = placeOf(env);
            if (!place.isHere) {
                return odooPalette.provide(env, options);
            }
            const palette = new DiscussCommandPalette(env, options);
            const term = cleanTerm(options.searchValue || "");
            const isFound = (record) => cleanTerm(record.displayName || "").includes(term);
            const conversations = place.desk.mine
                .map(({ channel_id: id }) =>
                    place.store.Thread.get({ model: "discuss.channel", id })
                )
                .filter(Boolean);
            return [...conversations, ...place.listColleagues()]
                .filter(isFound)
                .slice(0, PALETTE_LIMIT)
                .map((record) => palette.makeDiscussCommand(record));
        },
    },
    { force: true }
);

providers.add(
    JOIN_LEAVE,
    {
        ...odooJoinLeave,
        /** The live chat beneath a queue has no operators: nobody joins or leaves it. */
        async provide(env, options) {
            const commands = await odooJoinLeave.provide(env, options);
            const channels = Object.values(
                env.services["mail.store"]["im_livechat.channel"].records
            );
            const ours = channels.filter((channel) => channel.is_contact_center_queue);
            const names = new Set(
                ours.flatMap(({ joinTitle, leaveTitle }) => [joinTitle, leaveTitle].map(String))
            );
            return commands.filter(({ name }) => !names.has(String(name)));
        },
    },
    { force: true }
);
