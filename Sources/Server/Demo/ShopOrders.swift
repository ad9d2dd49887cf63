import Basics
import Foundation
import HTTPTypes
import Web

/// The demo shop's own orders: a small system beside the desk, as a company has one. Look-ups reach it over HTTP like any other.
struct ShopOrders: Sendable {
    private struct Order: Codable, Sendable {
        struct Parcel: Codable, Sendable { let number: String, due: String }

        let number: String
        let phone: String
        let status: String
        let statusText: Bilingual
        let total: Int
        let item: Bilingual
        /// The name of a drawing in the order book; where it is, in an answer.
        var picture: String
        let parcel: Parcel
    }

    private struct Found: Codable, Sendable { let order: Order }
    private struct Returned: Codable, Sendable { let `return`: Return }
    private struct Return: Codable, Sendable { let number: String, order: String }
    private struct Wish: Codable, Sendable { let phone: String? }

    /// What the desk shows to be let in.
    let key: String
    /// Where the shop's drawings are.
    let pictures: String
    private let orders: [String: Order]

    init(_ pack: Pack, key: String, pictures: String) throws {
        (self.key, self.pictures) = (key, pictures)
        orders = Dictionary(try pack.read("orders.json", as: [Order].self).map { ($0.number, $0) }) { $1 }
    }

    var routes: [Route] {
        let access = Access.open(because: "the demo shop's orders ask for a key of their own")
        return [
            Route(
                .get, "/shop/api/orders/{order}", access: access, summary: "One order of the demo shop.",
                gives: ["application/json"], handle: show
            ),
            Route(
                .post, "/shop/api/orders/{order}/returns", access: access, summary: "Returns an order of the demo shop.",
                gives: ["application/json"], handle: takeBack
            ),
        ]
    }

    private func show(_ call: Call) async throws -> Reply {
        var order = try order(call)
        order.picture = "\(pictures)/\(order.picture).svg"
        return try reply(Found(order: order))
    }

    /// Where the shop's own desk asks, and nobody else in the house is asked with the same right.
    static func serves(_ url: String) -> Bool { url.wholeMatch(of: #/http://localhost:\d+\/shop\/api\/orders\/.*/#) != nil }

    /// Returned to whoever ordered it only. The same return has the same number, however often it is asked for.
    private func takeBack(_ call: Call) async throws -> Reply {
        let order = try order(call)
        let wish = try JSON.read(Wish.self, from: call.body, ignoresUnknown: true)
        guard wish.phone == order.phone else { throw Refusal(.forbidden, "shop.phone") }
        return try reply(Returned(return: Return(number: "RT" + order.number.dropFirst(2), order: order.number)))
    }

    private func order(_ call: Call) throws -> Order {
        guard call.headers[HTTPField.Name("X-Shop-Key")!] == key else { throw Refusal(.forbidden, "shop.key") }
        let number: String = try call.parameter("order")
        guard let order = orders[number.uppercased()] else { throw Refusal(.notFound, "shop.order") }
        return order
    }

    private func reply(_ answer: some Encodable) throws -> Reply {
        Reply(headers: [.contentType: "application/json"], .bytes(try JSON.write(answer)))
    }
}

/// What the demo world tells the desk about the shop's orders.
struct ConnectorForm: Encodable {
    let name: String
    let method: String
    let url: String
    let header: String
    let secret: String
    let fields: [String: String]
    var proof = "none"
    var proofValue = ""
    var proofField = ""
    var cacheSeconds = 0

    static func all(at home: String, key: String) -> [ConnectorForm] {
        [
            ConnectorForm(
                name: "order-status", method: "GET", url: "\(home)/shop/api/orders/{order}", header: "X-Shop-Key", secret: key,
                fields: [
                    "status": "order.status", "statuszh": "order.statusText.zh-CN", "statusen": "order.statusText.en",
                    "item": "order.item.zh-CN", "itemen": "order.item.en", "total": "order.total",
                    "tracking": "order.parcel.number",
                    "due": "order.parcel.due", "phone": "order.phone", "picture": "order.picture",
                ],
                proof: "matching", proofValue: "phone", proofField: "phone", cacheSeconds: 30),
            ConnectorForm(
                name: "create-return", method: "POST", url: "\(home)/shop/api/orders/{order}/returns", header: "X-Shop-Key",
                secret: key,
                fields: ["number": "return.number"]),
        ]
    }
}

struct FlowForm: Encodable { let outline: String, publish: Bool }
