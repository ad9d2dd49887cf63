package import Basics
import Foundation
package import Organization
package import Store

/// A way into one of the company's own systems: what is asked over HTTP, and what is read from the answer.
package struct Connector: Codable, Hashable, Sendable {
    /// How a customer must have shown who they are before anything is told.
    package enum Proof: String, Codable, Hashable, Sendable, CaseIterable, SQLConvertible {
        /// Nothing personal in it.
        case none
        /// The company's site signed who the visitor is; `{visitor}` is that id.
        case signed
        /// One of the values that the customer gave is the one in the answer.
        case matching
    }

    package let id: ID<Connector>
    package let workspaceId: ID<Workspace>
    /// How outlines call it.
    package var name: String
    package var method: String
    /// With names in braces, which are percent-encoded: `https://shop.example/orders/{order}`.
    package var url: String
    /// The header that carries the secret, e.g. `Authorization`.
    package var header: String
    /// Sealed; nil where there is none.
    package var secret: String?
    /// The name in the flow to the path in the answer: `status` to `data.orders[0].status`.
    package var fields: AsJSON<[String: String]>
    package var proof: Proof
    /// For `matching`: the value in the flow, and the field in the answer that must be the same.
    package var proofValue: String
    package var proofField: String
    package var timeoutMs: Int
    /// How long an answer may be used again; 0 for never. Changes are never kept.
    package var cacheSeconds: Int
    package var updatedAt: Timestamp

    /// Whether calling it may change something: then a flow needs a confirmation before it.
    package var changes: Bool { method != "GET" }
}

extension Connector {
    static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    /// Why it cannot be kept, if there is a reason.
    func check() throws(Refusal) {
        guard Outline.isName(name) else { throw Refusal(.invalid, "connector.name") }
        guard Self.methods.contains(method) else { throw Refusal(.invalid, "connector.method") }
        guard url.count <= 2000, url.hasPrefix("http://") || url.hasPrefix("https://"), isHostFixed else {
            throw Refusal(.invalid, "connector.url", detail: "http or https, with a host that no value can change")
        }
        guard header.isEmpty || header.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw Refusal(.invalid, "connector.header")
        }
        guard fields.value.count <= 50, fields.value.keys.allSatisfy(Outline.isName) else {
            throw Refusal(.invalid, "connector.fields")
        }
        guard (100...20_000).contains(timeoutMs) else { throw Refusal(.invalid, "connector.timeout") }
        guard (0...86_400).contains(cacheSeconds) else { throw Refusal(.invalid, "connector.cache") }
        // A change cannot be taken back when its answer shows that it was somebody else's.
        if proof == .matching, changes {
            throw Refusal(
                .invalid, "connector.proof", detail: "a change is proved by a look-up before it, or by who is signed in")
        }
        if proof == .matching, proofValue.isEmpty || fields.value[proofField] == nil {
            throw Refusal(.invalid, "connector.proof", detail: "name a value of the flow and a field of the answer")
        }
    }

    /// Values stand in the path or the query only: nobody chooses the host by what they say.
    private var isHostFixed: Bool {
        guard let scheme = url.range(of: "://") else { return false }
        let host = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        return !host.isEmpty && !host.contains("{") && !host.contains("@")
    }
}
