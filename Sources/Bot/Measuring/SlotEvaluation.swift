import Basics
import Foundation
package import Organization

/// How often every slot of a line, and nothing else, is read: `nightdesk eval slots`.
///
/// A file has the columns `text` and `slots`: `type=value` pairs divided by `;` or `|`, empty where nothing is said. Its types are those
/// that a flow would ask for; others are not looked for. An optional column `requested` names what has just been asked. A value may be
/// written as it was said or as it is stored: both are brought into one form before they are compared.
package struct SlotEvaluation: Sendable {
    package struct Figures: Codable, Sendable {
        package let lines: Int
        /// The share of lines of which every slot is right and none is too many.
        package let wholeLinesRight: Double
        package let slots: Int
        package let precision: Double
        package let recall: Double
        /// By type, as the file calls it: the share found.
        package let byType: [String: Double]
    }

    /// A line that was read otherwise than the file says.
    package struct Miss: Sendable {
        package let text: String
        package let expected: String
        package let read: String
    }

    private let reader: SlotReader
    private let lines: [(text: String, requested: String, slots: [(name: String, value: String)])]
    /// As the file calls them; several may mean the same.
    private let types: [String: SlotType]

    package init(questions: String, today: Day) throws {
        let sheet = try Sheet(path: questions)
        let (texts, slots) = (try sheet("text"), try sheet("slots"))
        let requested = (try? sheet("requested")) ?? texts.map { _ in "" }
        reader = SlotReader(today: today)
        lines = zip(zip(texts, requested), slots).map { ($0.0, $0.1, Self.pairs($1)) }
        let names = Set(lines.flatMap { $0.slots.map(\.name) })
        types = Dictionary(names.map { ($0, SlotType(named: $0) ?? .text) }) { first, _ in first }
    }

    private static let mark = Pattern("[;|]\\s*(?=[^=;|]{1,40}=)|[;|]\\s*$")

    private static func pairs(_ text: String) -> [(name: String, value: String)] {
        mark.replacing(in: text) { _ in "\u{1}" }.split(separator: "\u{1}").compactMap { part in
            guard let place = part.firstIndex(where: { $0 == "=" || $0 == "＝" }) else { return nil }
            return (String(part[..<place]).trimmingSpaces, String(part[place...].dropFirst()).trimmingSpaces)
        }
    }

    package func run() -> (figures: Figures, misses: [Miss]) {
        var (right, expected, read, agreed) = (0, 0, 0, 0)
        var byType: [String: (found: Int, all: Int)] = [:]
        var misses: [Miss] = []
        for line in lines {
            let asked = line.requested.split { " ,;|".contains($0) }.compactMap {
                types[String($0)] ?? SlotType(named: String($0))
            }
            let found = reader.read(line.text, for: wanted, asked: asked)
            let hits = line.slots.filter { slot in found.contains { agrees($0, with: slot.value, as: types[slot.name]!) } }
            for slot in line.slots {
                let isFound = hits.contains { $0.name == slot.name && $0.value == slot.value }
                byType[slot.name, default: (0, 0)].all += 1
                if isFound { byType[slot.name]!.found += 1 }
            }
            (expected, read, agreed) = (expected + line.slots.count, read + found.count, agreed + hits.count)
            if hits.count == line.slots.count, found.count == Set(line.slots.map { types[$0.name]! }).count {
                right += 1
            } else {
                misses.append(
                    Miss(
                        text: line.text, expected: line.slots.map { "\($0.name)=\($0.value)" }.joined(separator: ";"),
                        read: found.map { "\($0.type.rawValue)=\($0.value)" }.joined(separator: ";")))
            }
        }
        let figures = Figures(
            lines: lines.count, wholeLinesRight: Self.share(right, lines.count), slots: expected,
            precision: Self.share(agreed, read), recall: Self.share(agreed, expected),
            byType: byType.mapValues { Self.share($0.found, $0.all) })
        return (figures, misses)
    }

    private var wanted: [SlotType] { SlotType.allCases.filter(Set(types.values).contains) }

    private func agrees(_ found: SlotValue, with value: String, as type: SlotType) -> Bool {
        guard found.type == type else { return false }
        if Self.plain(found.value) == Self.plain(value) || Self.plain(found.heard) == Self.plain(value) { return true }
        guard let meant = reader.read(value, for: [type], asked: [type]).first else { return false }
        return Self.plain(meant.value) == Self.plain(found.value) || Self.isSameAmount(meant, found)
    }

    /// 300 and 300 CNY: a file may leave the currency out.
    private static func isSameAmount(_ one: SlotValue, _ other: SlotValue) -> Bool {
        guard one.type == .money else { return false }
        return one.value.split(separator: " ").first == other.value.split(separator: " ").first
            && (!one.value.contains(" ") || !other.value.contains(" "))
    }

    private static func plain(_ text: String) -> String {
        Spoken.written(text).lowercased().filter { !$0.isWhitespace && !",.，。".contains($0) }
    }

    private static func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

extension SlotType {
    /// What others call it: `order_no`, `phone number`, 订单号.
    package init?(named name: String) {
        let plain = name.lowercased().filter { $0.isLetter }
        if let type = SlotType.allCases.first(where: { $0.rawValue.filter(\.isLetter) == plain }) {
            self = type
        } else if let found = Self.names.first(where: { $0.names.contains(plain) }) {
            self = found.type
        } else {
            return nil
        }
    }

    private static let names: [(type: SlotType, names: Set<String>)] = [
        (.order, ["orderno", "ordernumber", "orderid", "ordernum", "订单", "订单号", "订单编号", "单号"]),
        (
            .tracking,
            [
                "trackingno", "trackingnumber", "trackingid", "waybill", "waybillno", "waybillnumber", "parcel", "express",
                "快递单号", "运单号", "物流单号", "快递",
            ]
        ),
        (.phone, ["phonenumber", "mobile", "mobilephone", "tel", "telephone", "cell", "电话", "手机", "手机号", "电话号码", "手机号码"]),
        (.money, ["amount", "price", "budget", "cost", "fee", "sum", "refundamount", "金额", "价格", "预算", "钱"]),
        (.date, ["day", "deliverydate", "日期", "日子"]), (.time, ["clock", "timeofday", "时间", "时刻"]),
        (.people, ["persons", "guests", "party", "partysize", "人数", "几位"]),
        (.quantity, ["count", "number", "qty", "pieces", "num", "数量", "件数"]),
        (.size, ["clothingsize", "shoesize", "dimension", "dimensions", "measure", "尺码", "尺寸", "码数", "规格"]),
        (.address, ["addr", "shippingaddress", "deliveryaddress", "location", "地址", "收货地址"]),
        (
            .name,
            [
                "fullname", "person", "personname", "customer", "customername", "contact", "contactname", "recipient", "姓名", "名字",
                "收件人", "联系人",
            ]
        ),
        (.firstName, ["givenname", "forename", "名"]), (.lastName, ["surname", "familyname", "姓", "姓氏"]),
        (.email, ["mail", "emailaddress", "邮箱", "电子邮件"]), (.yesNo, ["bool", "boolean", "confirm", "确认", "是否"]),
        (.text, ["freetext", "reason", "note", "comment", "description", "备注", "原因", "说明", "文字"]),
    ]
}
