"""Ways in which a request ends badly, and the texts that go with them.

Clients must branch on the code and the HTTP status: the texts follow the user's language and are
written anew here, only the codes are GLPI's.
"""

# key -> (pt_BR, en_GB)
TEXTS = {
    "api_off": ("API desligada", "API disabled"),
    "credentials_missing": (
        "Informe login e senha, ou user_token",
        "login and password, or user_token, are missing",
    ),
    "user_token": ("user_token inválido", "user_token seems invalid"),
    "login": ("Usuário ou senha incorretos", "Incorrect username or password"),
    "credentials_off": (
        "O acesso por usuário e senha está desligado",
        "login with credentials is disabled",
    ),
    "app_token_missing": ("Falta o parâmetro app_token", "missing parameter app_token"),
    "app_token": ("app_token inválido", "parameter app_token seems wrong"),
    "ip": (
        "Nenhum cliente de API ativo aceita o seu endereço IP ({ip})",
        "No active API client accepts your IP address ({ip})",
    ),
    "session_missing": ("Falta o parâmetro session_token", "session_token is missing or empty"),
    "session": ("session_token inválido", "session_token seems invalid"),
    "right": (
        "Você não tem permissão para esta ação.",
        "You are not allowed to perform this action.",
    ),
    "not_found": ("Item não encontrado", "Item not found"),
    "itemtype": (
        "Recurso inexistente ou que não é um tipo de item",
        "resource not found or not an item type",
    ),
    "bad_array": ("input deve ser uma lista de objetos", "input must be an array of objects"),
    "range_format": ("range deve ser início-fim", "range must be start-end"),
    "range_total": (
        "O intervalo passa do total de registros: {total}",
        "The range exceeds the total count: {total}",
    ),
    "sort": ("Campo de ordenação desconhecido", "unknown sort field"),
    "order": ("order deve ser ASC ou DESC", "order must be ASC or DESC"),
    "criterion_field": ("Campo de pesquisa inválido", "Bad field in search criteria"),
    "criterion": ("Critério de pesquisa malformado", "Malformed search criteria"),
    "json": ("JSON inválido", "JSON payload is not valid"),
    "json_get": ("GET não aceita corpo", "GET must not have a body"),
    "upload_size": ("Arquivo ausente ou grande demais", "File missing or too big"),
    "added": ("Item adicionado com sucesso: {name}", "Item successfully added: {name}"),
    "user_exists": ("Este usuário já existe.", "The user already exists."),
    "user_login": ("Nome de usuário inválido.", "The login is not valid."),
    "followup_empty": (
        "O acompanhamento precisa de um texto",
        "You can't add a followup without description",
    ),
    "reopen_reason": (
        "Para reabrir é preciso dizer o motivo",
        "If you want to reopen this item, you must specify a reason",
    ),
    "already_solved": ("Este item já tem solução", "The item is already solved"),
    "bad_date": ("Valor incorreto no campo data.", "Incorrect value for the date field."),
    "bad_value": (
        "Há um campo com valor incorreto: {name}",
        "At least one field has an incorrect value: {name}",
    ),
    "approved": ("Solução aprovada", "Solution approved"),
    "upload_type": ("Este tipo de arquivo não é aceito", "Filetype not allowed"),
    "upload_empty": ("Arquivo vazio", "File is too small"),
    "upload_big": ("O arquivo passa do limite do servidor", "The file exceeds the server's limit"),
    "file_moved": ("Documento movido com sucesso.", "Document move succeeded."),
    "file_lost": ("Arquivo {name} não encontrado.", "File {name} not found."),
}


class ApiError(Exception):
    """The request is refused with ``[code, text]``.

    :param status: HTTP status.
    :param code: GLPI's code, such as ERROR_ITEM_NOT_FOUND.
    :param key: key of `TEXTS`; ``values`` fill its placeholders.
    """

    def __init__(self, status: int, code: str, key: str, **values):
        super().__init__(code)
        self.status = status
        self.code = code
        self.key = key
        self.values = values


class Refused(Exception):
    """One item of a create, update or delete is refused.

    The text may be empty or None.
    """

    def __init__(self, key: str | None = None, text: str | None = None):
        super().__init__(key or text)
        self.key = key
        self.text = text


class Crash(Exception):
    """GLPI's PHP died: the client gets 200 with an empty text/html body."""


def right_missing() -> ApiError:
    """Return the answer to reading what the session may not read."""
    return ApiError(403, "ERROR_RIGHT_MISSING", "right")


def not_found() -> ApiError:
    """Return the answer to reading an id that does not exist."""
    return ApiError(404, "ERROR_ITEM_NOT_FOUND", "not_found")
