class Turn(list):
    """What is said while one event is processed: values of whatsapp.message, in order.

    A type of its own, so that no context that came from a browser can be taken for one. Two are
    never equal: Odoo gives back an environment whose context is equal, and what is said to one
    citizen would go into the turn of another, which is over.
    """

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other

    def __ne__(self, other):
        return self is not other
