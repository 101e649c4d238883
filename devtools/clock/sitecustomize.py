"""Move the clock of this Python process.

`devtools.moved_clock` puts this folder on its path.

Python imports `sitecustomize` before anything else, in child processes too. What is frozen later by
a test stands still as ever, durations stay true.
"""

import os
import time

import time_machine

time_machine.travel(time.time() + int(os.environ["MOVED_CLOCK_SECONDS"]), tick=True).start()
