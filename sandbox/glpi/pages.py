"""placeholder"""
from werkzeug.wrappers import Response
def respond(store, api, request):
    return Response("x")
