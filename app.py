"""One server process: patch, build, serve. `python app.py --port 5001` is `queueapp serve --port 5001`."""

from queueapp import runtime

if __name__ == "__main__":
    runtime.patch()

    from queueapp.commands import serve

    serve()
