"""A websocket session of one's own in a test."""

from starlette.testclient import WebSocketTestSession


class ChatSession(WebSocketTestSession):
    def say(self, text: str) -> None:
        self.send_json({"text": text})


def greet(session: ChatSession) -> None:
    with session as chat:
        chat.say("hello")  # E: attr-defined
