package import Basics
package import HTTPTypes

/// One request, however it came: over HTTP or as a frame of a live connection.
package struct Call: Sendable {
    /// Nil on routes open to everyone when the request carries no proof.
    package let caller: (any Caller)?
    /// The live connection that the request came over, if it did.
    package let link: (any Link)?
    /// The host that was asked for, with its port; nil for frames.
    package let host: String?
    /// The other end's address: as told by a trusted proxy, else the socket's.
    package let remoteAddress: String
    /// Empty for frames.
    package let headers: HTTPFields
    /// The raw body; empty for frames, whose content is the request value.
    package let body: [UInt8]
    let parameters: [String: String]
    let query: [String: String]

    package init(
        caller: (any Caller)? = nil,
        link: (any Link)? = nil,
        host: String? = nil,
        remoteAddress: String = "",
        headers: HTTPFields = [:],
        body: [UInt8] = [],
        parameters: [String: String] = [:],
        query: [String: String] = [:]
    ) {
        (self.caller, self.link, self.host, self.remoteAddress) = (caller, link, host, remoteAddress)
        (self.headers, self.body, self.parameters, self.query) = (headers, body, parameters, query)
    }

    /// A part of the path, e.g. `call.parameter("conversation")` for `/api/conversations/{conversation}`;
    /// for a frame the property of that name. A malformed one does not exist: `notFound`.
    package func parameter<Value: LosslessStringConvertible>(_ name: String, as: Value.Type = Value.self) throws(Refusal) -> Value
    {
        guard let text = parameters[name], let value = Value(text) else { throw Refusal(.notFound, "\(name).unknown") }
        return value
    }

    /// A value from the query string, or nil where it is absent; a malformed one is refused.
    package func query<Value: LosslessStringConvertible>(_ name: String, as: Value.Type = Value.self) throws(Refusal) -> Value? {
        guard let text = query[name] else { return nil }
        guard let value = Value(text) else { throw Refusal(.invalid, "query.\(name)") }
        return value
    }
}
