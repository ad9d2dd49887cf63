import Basics
import Foundation
import Testing

@testable import Web

@Suite struct DescriptionTests {
    struct Deep: Codable, Sendable {
        enum Colour: String, Codable, CaseIterable, Sendable { case red, blue }
        struct Node: Codable, Sendable { let children: [Node]; let name: String? }
        let id: ID<String>
        let at: Timestamp
        let colour: Colour
        let table: [String: Int]
        let node: Node?
        let shares: [Double]
        let dish: Dish
    }

    @Test func `a shape is what the type asks for`() throws {
        let schemas = Schemas()
        #expect(schemas.schema(of: Deep.self) == ["$ref": "#/components/schemas/DescriptionTests.Deep"])
        let text = String(decoding: try JSON.write(try #require(schemas.named["DescriptionTests.Deep"])), as: UTF8.self)
        #expect(
            text == #"{"type":"object","properties":{"id":{"type":"string","pattern":"^[0-9]+$"},"#
                + #""at":{"type":"integer","format":"int64","description":"Milliseconds since 1970-01-01T00:00:00Z."},"#
                + #""colour":{"type":"string","enum":["red","blue"]},"table":{"type":"object","additionalProperties":{"type":"integer","format":"int64"}},"#
                + ##""node":{"$ref":"#/components/schemas/DescriptionTests.Deep.Node"},"shares":{"type":"array","items":{"type":"number"}},"##
                + ##""dish":{"$ref":"#/components/schemas/Dish"}},"required":["id","at","colour","table","shares","dish"]}"##)
        #expect(schemas.unknown.isEmpty)
        #expect(schemas.named.keys.sorted() == ["DescriptionTests.Deep", "DescriptionTests.Deep.Node", "Dish", "Dish.Part"])
    }

    @Test func `every route is described with its errors, its right and its command`() throws {
        let description = APIDescription(title: "Kitchen", version: "1", cookie: "apron", routes: kitchenRoutes())
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(description.text)) as? [String: Any])
        let paths = try #require(whole["paths"] as? [String: [String: [String: Any]]])
        let cook = try #require(paths["/api/dishes"]?["post"])
        #expect(cook["x-command"] as? String == "cook")
        #expect(cook["x-permission"] as? String == "cook")
        let statuses = try #require(cook["responses"] as? [String: Any])
        #expect(statuses.keys.sorted() == ["200", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503"])
        #expect(paths["/api/files/{file}"] != nil)
        #expect(description.unknown.isEmpty)
    }

    @Test func `a server tells its description`() async throws {
        try await withServer(kitchen(gate: KitchenGate())) { port in
            let answer = try await ask(port, "GET", "/openapi.json")
            #expect(answer.headers["content-type"] == "application/json")
            for path in ["/api/socket", "/api/polls/{poll}", "/openapi.json"] { #expect(answer.text.contains("\"\(path)\"")) }
            if let file = ProcessInfo.processInfo.environment["OPENAPI_OUT"] {
                try Data(answer.body).write(to: URL(filePath: file))
            }
        }
    }
}
