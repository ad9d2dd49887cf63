package import Basics
package import Store

/// One company; every row carries its id.
package struct Workspace: Codable, Hashable, Sendable {
    package let id: ID<Workspace>
    package var name: String
    /// The staff's language, `zh-CN` or `en`.
    package var locale: String
    /// What a conversation can be filed under when it is closed.
    package var categories: AsJSON<[String]>
    package let createdAt: Timestamp

    package init(id: ID<Workspace>, name: String, locale: String, categories: [String] = [], createdAt: Timestamp) {
        (self.id, self.name, self.locale, self.createdAt) = (id, name, locale, createdAt)
        self.categories = AsJSON(categories)
    }
}

extension Workspace {
    /// Checks what people typed; the row is born here.
    static func named(
        _ name: String, locale: String, categories: [String]? = nil, id: ID<Workspace>, at now: Timestamp
    ) throws(Refusal) -> Self {
        try Workspace(
            id: id,
            name: Words.name(name),
            locale: Words.locale(locale),
            categories: Words.categories(categories ?? usualCategories(in: locale)),
            createdAt: now
        )
    }

    private static func usualCategories(in locale: String) -> [String] {
        locale == "zh-CN"
            ? ["售前咨询", "订单与物流", "退换与售后", "投诉与建议", "其他"]
            : ["Before buying", "Order and delivery", "Returns and repairs", "Complaint", "Other"]
    }
}
