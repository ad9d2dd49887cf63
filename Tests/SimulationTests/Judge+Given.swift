import Basics
import Conversations
import Organization

@testable import Routing
@testable import Store

extension Judge {
    /// Unless by their own wish, people are given what their team serves, while they are there and take it, in the order of
    /// arrival.
    func given(_ now: Snapshot, by node: SimulatedNode) {
        for (id, thread) in now.threads.sorted(by: { $0.key < $1.key }) {
            let earlier = before.threads[id]
            guard let agent = thread.agent, let session = thread.session, (earlier?.agent, earlier?.session) != (agent, session),
                let clerk = clerks.first(where: { $0.agent == agent }), let reason = now.assignments[session]?.first?.reason,
                reason != "taken-over"
            else { continue }
            let isThere = now.staff[agent]?.presence == .online && now.there(for: node).contains(agent)
            expect(isThere, "session \(session) was given to \(agent), who is not there")
            guard reason != "direct" else { continue }
            expect(
                thread.team.map { clerk.teams.contains(ID(rawValue: $0)) } ?? true,
                "session \(session) was given to \(agent), who is not in its team")
            order(of: ID(rawValue: session), to: clerk, now, at: node.now)
        }
    }

    /// Who waited longer for the same agent was not overtaken.
    private func order(of session: ID<Session>, to clerk: Staff, _ now: Snapshot, at time: Timestamp) {
        guard let place = before.queue.firstIndex(where: { $0.sessionId == session }) else { return }
        let overtaken = before.queue[..<place].first { waiting in
            now.queue.contains(waiting) && waiting.admits(clerk, at: time)
        }
        if let overtaken { object("session \(session) was served before \(overtaken.sessionId), who waited longer") }
    }
}
