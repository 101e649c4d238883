"""The stand-in's tables: columns with a new row's value, and what they refer to.

Names and defaults are those of GLPI 10's database, as its REST API shows them.
"""


def _named(default, names: str) -> dict:
    return dict.fromkeys(names.split(), default)


TICKET = {
    "entities_id": 0,
    "name": "",
    **_named(None, "date closedate solvedate takeintoaccountdate date_mod"),
    "users_id_lastupdater": 0,
    "status": 1,
    "users_id_recipient": 0,
    "requesttypes_id": 1,
    "content": None,
    "urgency": 3,
    "impact": 3,
    "priority": 3,
    "itilcategories_id": 0,
    "type": 1,
    "global_validation": 1,
    **_named(0, "slas_id_ttr slas_id_tto slalevels_id_ttr"),
    **_named(None, "time_to_resolve time_to_own begin_waiting_date"),
    **_named(0, "sla_waiting_duration ola_waiting_duration olas_id_tto olas_id_ttr"),
    **_named(0, "olalevels_id_ttr"),
    **_named(None, "ola_ttr_begin_date internal_time_to_resolve internal_time_to_own"),
    **_named(0, "waiting_duration close_delay_stat solve_delay_stat takeintoaccount_delay_stat"),
    **_named(0, "actiontime is_deleted locations_id validation_percent"),
    "date_creation": None,
}

USER = {
    "name": "",
    **_named(None, "password_last_update phone phone2 mobile realname firstname"),
    "locations_id": 0,
    "language": None,
    "use_mode": 0,
    "list_limit": None,
    "is_active": 1,
    "comment": None,
    "auths_id": 0,
    "authtype": 1,
    **_named(None, "last_login date_mod date_sync"),
    **_named(0, "is_deleted profiles_id entities_id usertitles_id usercategories_id"),
    **_named(None, "date_format number_format names_format csv_delimiter is_ids_visible"),
    **_named(None, "use_flat_dropdowntree show_jobs_at_login priority_1 priority_2 priority_3"),
    **_named(None, "priority_4 priority_5 priority_6 followup_private task_private"),
    **_named(None, "default_requesttypes_id password_forget_token password_forget_token_date"),
    **_named(None, "user_dn registration_number show_count_on_tabs refresh_views set_default_tech"),
    **_named(None, "personal_token_date api_token_date cookie_token_date display_count_on_home"),
    **_named(None, "notification_to_myself duedateok_color duedatewarning_color"),
    **_named(None, "duedatecritical_color duedatewarning_less duedatecritical_less"),
    **_named(None, "duedatewarning_unit duedatecritical_unit display_options"),
    "is_deleted_ldap": 0,
    **_named(None, "pdffont picture begin_date end_date keep_devices_when_purging_item"),
    **_named(None, "privatebookmarkorder backcreated task_state palette page_layout fold_menu"),
    **_named(None, "fold_search savedsearches_pinned timeline_order itil_layout richtext_layout"),
    **_named(None, "set_default_requester lock_autolock_mode lock_directunlock_notification"),
    "date_creation": None,
    "highcontrast_css": 0,
    **_named(None, "plannings sync_field"),
    **_named(0, "groups_id users_id_supervisor"),
    **_named(None, "timezone default_dashboard_central default_dashboard_assets"),
    **_named(None, "default_dashboard_helpdesk default_dashboard_mini_ticket"),
    "default_central_tab": 0,
    "nickname": None,
    **_named(0, "timeline_action_btn_layout timeline_date_format"),
}

_TREE_TAIL = {"ancestors_cache": "[]", "sons_cache": None}

COLUMNS: dict[str, dict] = {
    "Ticket": TICKET,
    "User": USER,
    "Entity": {
        "name": "",
        "entities_id": 0,
        "completename": "",
        "comment": None,
        "level": 1,
        **_TREE_TAIL,
        **_named(None, "date_mod date_creation"),
    },
    "Location": {
        **_named(0, "entities_id is_recursive"),
        "name": "",
        "locations_id": 0,
        "completename": "",
        "comment": None,
        "level": 1,
        **_TREE_TAIL,
        **_named(None, "address postcode town state country building room"),
        **_named(None, "latitude longitude altitude date_mod date_creation"),
    },
    "ITILCategory": {
        **_named(0, "entities_id is_recursive itilcategories_id"),
        "name": "",
        "completename": "",
        "comment": None,
        "level": 1,
        **_named(0, "knowbaseitemcategories_id users_id groups_id"),
        "code": "",
        **_TREE_TAIL,
        "is_helpdeskvisible": 1,
        **_named(0, "tickettemplates_id_incident tickettemplates_id_demand"),
        **_named(0, "changetemplates_id problemtemplates_id"),
        **_named(1, "is_incident is_request is_problem is_change"),
        **_named(None, "date_mod date_creation"),
    },
    "RequestType": {
        "name": "",
        **_named(0, "is_helpdesk_default is_followup_default is_mail_default"),
        "is_mailfollowup_default": 0,
        **_named(1, "is_active is_ticketheader is_itilfollowup"),
        **_named(None, "comment date_mod date_creation"),
    },
    "Group": {
        **_named(0, "entities_id is_recursive"),
        "name": "",
        "comment": None,
        "groups_id": 0,
        "completename": "",
        "level": 1,
        "is_requester": 1,
        "is_assign": 1,
        **_named(None, "date_mod date_creation"),
    },
    "Profile": {"name": "", "interface": "helpdesk", "is_default": 0, "comment": None},
    "UserEmail": {"users_id": 0, **_named(0, "is_default is_dynamic"), "email": ""},
    "Profile_User": {
        **_named(0, "users_id profiles_id entities_id is_recursive is_dynamic"),
        "is_default_profile": 0,
    },
    "Ticket_User": {
        **_named(0, "tickets_id users_id"),
        **_named(1, "type use_notification"),
        "alternative_email": "",
    },
    "Ticket_Ticket": {**_named(0, "tickets_id_1 tickets_id_2"), "link": 1},
    "Group_Ticket": {**_named(0, "tickets_id groups_id"), "type": 1},
    "ITILFollowup": {
        "itemtype": "",
        "items_id": 0,
        "date": None,
        **_named(0, "users_id users_id_editor"),
        "content": None,
        **_named(0, "is_private requesttypes_id"),
        **_named(None, "date_mod date_creation"),
        "timeline_position": 1,
        **_named(0, "sourceitems_id sourceof_items_id"),
    },
    "ITILSolution": {
        "itemtype": "",
        **_named(0, "items_id solutiontypes_id"),
        **_named(None, "solutiontype_name content date_creation date_mod date_approval"),
        "users_id": 0,
        "user_name": None,
        **_named(0, "users_id_editor users_id_approval"),
        "user_name_approval": None,
        "status": 2,
        "itilfollowups_id": None,
    },
    "Document": {
        **_named(0, "entities_id is_recursive"),
        **_named(None, "name filename filepath"),
        "documentcategories_id": 0,
        **_named(None, "mime date_mod comment"),
        "is_deleted": 0,
        "link": None,
        **_named(0, "users_id tickets_id"),
        "sha1sum": None,
        "is_blacklisted": 0,
        **_named(None, "tag date_creation"),
    },
    "Document_Item": {
        **_named(0, "documents_id items_id"),
        "itemtype": "",
        **_named(0, "entities_id is_recursive"),
        "date_mod": None,
        "users_id": 0,
        "timeline_position": 1,
        **_named(None, "date_creation date"),
    },
    "DocumentType": {
        **_named("", "name ext icon"),
        "mime": None,
        "is_uploadable": 1,
        **_named(None, "date_mod comment date_creation"),
    },
    # Known to exist, so that reading them answers as it should; nothing can be added to them.
    "TicketTask": {"tickets_id": 0, "content": None},
    "TicketValidation": {"tickets_id": 0, "status": 2},
    "Log": {"itemtype": "", "items_id": 0},
}

# Columns cut at `text.SHORT_TEXT_BYTES`; other texts are long ones.
SHORT_TEXTS = {"name", "realname", "firstname", "phone", "phone2", "mobile", "email", "code"}

# Columns that a client cannot set.
READ_ONLY = {"id", "date_creation", "date_mod", "completename", "level", "ancestors_cache"}

_FOREIGN_KEYS = {
    "entities_id": "Entity",
    "users_id": "User",
    "requesttypes_id": "RequestType",
    "itilcategories_id": "ITILCategory",
    "locations_id": "Location",
    "groups_id": "Group",
    "profiles_id": "Profile",
    "documents_id": "Document",
    "tickets_id": "Ticket",
}

# Collections that hang on an item, in the order of its links.
CHILDREN = {
    "Ticket": (
        "Document_Item TicketTask TicketValidation TicketCost Problem_Ticket Change_Ticket "
        "Item_Ticket ITILSolution ITILFollowup Ticket_User Group_Ticket Supplier_Ticket"
    ).split(),
    "User": ["Document_Item"],
    "ITILFollowup": ["Document_Item"],
    "ITILSolution": ["Document_Item"],
}

TREE_PARENTS = {
    "Entity": "entities_id",
    "Location": "locations_id",
    "ITILCategory": "itilcategories_id",
}


def target_of(column: str) -> str | None:
    """Return a foreign key column's item type (``users_id_editor`` -> User), or None."""
    for key, itemtype in _FOREIGN_KEYS.items():
        if column == key or column.startswith(key + "_"):
            return itemtype
    return None
