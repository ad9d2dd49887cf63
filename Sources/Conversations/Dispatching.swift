package import Basics
package import Organization
package import Store

/// What Conversations asks of Routing, inside its own transactions, so that nobody is ever idle while somebody waits.
package protocol Dispatching: Sendable {
    /// Gives the session to a free agent of its team, or queues it. Returns the new owner.
    /// Whoever is excluded is not given it within the next minute; they may still take it.
    func place(
        _ service: Conversation.Service, of conversation: Conversation, reason: String, excluding agent: ID<Agent>?,
        in transaction: any Transaction
    ) throws -> Owner

    /// Whether one of a team, or of all, would be given a session at once.
    func isAnybodyFree(for team: ID<Team>?, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> Bool

    /// Refuses when the agent cannot serve one more: unknown or full, and unless it is the agent's own wish, away.
    func checkPlace(
        for agent: ID<Agent>, in workspace: ID<Workspace>, isOwnWish: Bool, _ transaction: any Transaction
    ) throws -> Colleague

    /// A waiting session goes before all others that wait, behind those that were hurried before it. False when it was hurried already.
    @discardableResult
    func hurry(_ session: ID<Session>, workspace: ID<Workspace>, in transaction: any Transaction) throws -> Bool

    /// The session no longer waits: it was taken over or closed.
    func withdraw(_ session: ID<Session>, workspace: ID<Workspace>, in transaction: any Transaction) throws

    /// Serves as many waiting sessions as there are free places.
    func drain(_ workspace: ID<Workspace>, in transaction: any Transaction) throws

    /// Places of the queue in its order, in a number of queries that does not grow with them.
    func places(_ stretch: QueueStretch, in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [QueuePlace]

    /// Everyone on the staff with presence and load.
    func colleagues(in workspace: ID<Workspace>, _ transaction: any Transaction) throws -> [Colleague]

    /// One more desk of this agent is connected, or one went away.
    func deskChanged(of agent: ID<Agent>, workspace: ID<Workspace>, isConnected: Bool) async throws
}

extension Dispatching {
    /// The place of a waiting session; nil when it does not wait.
    package func standing(
        of session: ID<Session>, workspace: ID<Workspace>, in transaction: any Transaction
    ) throws -> Standing? {
        try places(.sessions([session]), in: workspace, transaction).first?.standing
    }
}
