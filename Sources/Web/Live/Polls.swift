import Basics
import HTTPTypes
import NIOCore
import Synchronization

/// The routes of the long-poll fallback and the mailboxes behind them. A mailbox's unguessable name is the proof of its owner.
final class Polls: Sendable {
    private struct Box: Sendable {
        var isLeft = false
        let link: PollLink
        let caller: any Caller
        let remoteAddress: String
    }

    private let path: String
    private let live: Live
    private let boxes = Mutex<[String: Box]>([:])

    init(path: String, live: Live) { (self.path, self.live) = (path, live) }

    var routes: [Route] {
        [
            Route(
                .post, path, access: .open(because: "the body is a hello, which says who it is"),
                summary:
                    "Opens a live connection over plain HTTP. The body is a hello; answers with the mailbox's name and the welcome.",
                limit: Live.largestFrame, takes: ["application/json"], gives: ["application/json"], handle: open
            ),
            Route(
                .get, "\(path)/{poll}", access: .open(because: "the mailbox's name is the proof"),
                summary: "Waits up to 25 seconds for frames behind the given number.",
                query: ["after": "The number of the last frame received; 0 at first."], gives: ["application/json"], handle: fetch
            ),
            Route(
                .post, "\(path)/{poll}/frames", access: .open(because: "the mailbox's name is the proof"),
                summary: "Sends one command; answers with its done or refused.",
                limit: Live.largestFrame, takes: ["application/json"], gives: ["application/json"], handle: command
            ),
        ]
    }

    private func open(_ call: Call) async throws -> Reply {
        let link = PollLink(number: live.nextNumber(), now: .now)
        let call = Call(
            caller: call.caller, link: link, host: call.host, remoteAddress: call.remoteAddress, headers: call.headers,
            body: call.body)
        let (caller, welcome) = try await live.gate.enter(call.body, call: call, link: link)
        let name = (0..<32).map { _ in UInt8.random(in: .min ... .max) }.hexadecimal
        live.opened()
        boxes.withLock { $0[name] = Box(link: link, caller: caller, remoteAddress: call.remoteAddress) }
        return .frames([welcome], members: #""poll":"\#(name)""#)
    }

    private func fetch(_ call: Call) async throws -> Reply {
        let box = try box(of: call)
        let (frames, next) = await box.link.frames(after: try call.query("after") ?? 0)
        return .frames(frames, members: #""next":\#(next)"#)
    }

    private func command(_ call: Call) async throws -> Reply {
        let box = try box(of: call)
        guard !box.link.isClosed else { throw Refusal(.notFound, "poll.unknown") }
        let text = try JSONText(call.body)
        let answer = await box.link.inTurn {
            await live.commands.answer(text, caller: box.caller, link: box.link, remoteAddress: box.remoteAddress)
        }
        return Reply(.ok, headers: [.contentType: "application/json"], .buffer(answer.buffer))
    }

    private func box(of call: Call) throws -> Box {
        let name: String = try call.parameter("poll")
        guard let box = boxes.withLock({ $0[name] }), !box.link.isOver else { throw Refusal(.notFound, "poll.unknown") }
        return box
    }

    /// Called every second or so. A closed mailbox is left at once, but stays until its owner has come for the last time.
    func sweep(at now: ContinuousClock.Instant = .now) {
        let left = boxes.withLock { boxes in
            var left: [Box] = []
            for (name, box) in boxes {
                let isGone = box.link.isOver || box.link.isExpired(at: now)
                guard isGone || box.link.isClosed else { continue }
                if !box.isLeft { left.append(box) }
                if isGone { boxes[name] = nil } else { boxes[name]?.isLeft = true }
            }
            return left
        }
        for box in left { leave(box) }
    }

    func drain() {
        for box in boxes.withLock({ Array($0.values) }) {
            box.link.send(live.reconnect())
            box.link.close(.goingAway)
        }
    }

    private func leave(_ box: Box) {
        box.link.close(.goingAway)
        live.gate.leave(box.link)
        live.closed()
    }
}

extension Reply {
    /// `{members,"frames":[…]}`; the frames are JSON already.
    fileprivate static func frames(_ frames: [Frame], members: String) -> Reply {
        var text = ByteBuffer(string: "{\(members),\"frames\":[")
        for (index, frame) in frames.enumerated() {
            if index > 0 { text.writeString(",") }
            text.writeImmutableBuffer(frame.buffer)
        }
        text.writeString("]}")
        return Reply(.ok, headers: [.contentType: "application/json"], .buffer(text))
    }
}
