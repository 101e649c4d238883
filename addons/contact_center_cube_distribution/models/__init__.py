from . import cube
