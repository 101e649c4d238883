import { Component, useState } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { WebClient } from "@web/webclient/webclient";

import { once } from "@contact_center/desk/once";

/** Strip above every screen: contacts offered to the agent, and their after-contact work. */
export class OfferBanner extends Component {
    static template = "contact_center_distribution.OfferBanner";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.offers = useState(useService("contact_center.offers"));
        this.desk = useState(useService("contact_center.desk"));
        this.state = useState({ busy: false });
    }

    get soundTitle() {
        return this.offers.withSound ? _t("Switch the sound off") : _t("Switch the sound on");
    }

    /** @param {Object} offer */
    onClickAccept(offer) {
        return once(this.state, () => this.offers.accept(offer));
    }

    /**
     * @param {Object} offer
     * @param {string} refusal
     */
    onSelectRefusal(offer, refusal) {
        return once(this.state, () => this.offers.refuse(offer, refusal));
    }

    onClickReady() {
        return once(this.state, () => this.offers.getReady());
    }
}

Object.assign(WebClient.components, { OfferBanner });
