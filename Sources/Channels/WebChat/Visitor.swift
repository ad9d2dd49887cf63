package import Basics
package import Contacts
package import Organization
package import Web

/// Somebody writing in the chat of a site: the caller of every visitor route.
package struct Visitor: Caller, Hashable {
    package let workspace: ID<Workspace>
    package let account: ID<ChannelAccount>
    package let contact: ID<Contact>
    package let identity: ID<Identity>
    package let conversation: Int64

    package init(
        workspace: ID<Workspace>, account: ID<ChannelAccount>, contact: ID<Contact>, identity: ID<Identity>, conversation: Int64
    ) {
        (self.workspace, self.account, self.contact) = (workspace, account, contact)
        (self.identity, self.conversation) = (identity, conversation)
    }

    package var key: String { "visitor.\(identity)" }
    package func may(_ permission: Permission) -> Bool { permission == "visit" }
}

extension Call {
    /// The visitor who calls; on a visitor route there always is one.
    package var visitor: Visitor {
        get throws(Refusal) {
            guard let visitor = caller as? Visitor else { throw Refusal(.unauthorized, "visitor.required") }
            return visitor
        }
    }
}
