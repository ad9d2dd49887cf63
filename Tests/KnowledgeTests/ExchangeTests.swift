import Basics
import Knowledge
import Testing

@Suite struct ExchangeTests {
    /// Whatever makes quoting hard.
    static func awkward() throws -> [ExchangedEntry] {
        [
            ExchangedEntry(
                try EntryContent(
                    language: .chinese, category: "物流", title: "什么时候发货，今天能发吗？",
                    phrasings: ["几天内会寄出", "\"今天\"下单", "a,b;c\td", "- 带减号", "=1+1", "'=2", "''@x", "# 井号", "\\# 反斜杠"],
                    answer: "现货 24 小时内发出。\n\n# 预售\n- 以页面为准\n<!-- 不是注释 -->\n\\- 反斜杠\n  缩进，\"引号\"",
                    effectiveFrom: Timestamp(milliseconds: 1_790_000_000_123),
                    effectiveUntil: Timestamp(milliseconds: 1_800_000_000_000)
                )
            ),
            ExchangedEntry(
                try EntryContent(language: .english, category: "=cmd|' /C calc'!A0", title: "@SUM(1)", answer: "-1\n+2"),
                state: .draft
            ),
            ExchangedEntry(
                try EntryContent(language: .english, title: "'quoted'", phrasings: ["one | bar"], answer: "'=not a formula")),
            ExchangedEntry(
                try EntryContent(
                    language: .english, category: "=cmd|' /C calc'!A0", title: "\"\u{301} mark", answer: "e\u{301}🙂👩‍👩‍👧")),
        ]
    }

    @Test(arguments: ExchangeFormat.allCases)
    func `what is exported comes back the same`(format: ExchangeFormat) throws {
        let entries = try Self.awkward()
        let text = format.write(entries)
        let preview = try ImportPreview(reading: Array(text.utf8), as: format)
        #expect(preview.bad == [])
        #expect(preview.good.map(\.entry) == entries)
    }

    @Test func `no cell of an exported sheet is a formula`() throws {
        let sheet = ExchangeFormat.csv.write(
            try Self.awkward() + [
                ExchangedEntry(try EntryContent(language: .english, title: "=\u{301}1+1", answer: "@a"))
            ])
        let cells = sheet.unicodeScalars.split { ",\r\n\u{FEFF}".unicodeScalars.contains($0) }
            .map { $0.drop { $0 == "\"" } }
        #expect(cells.contains { $0.first == "'" })
        #expect(
            !sheet.contains(",=") && !sheet.contains(",@") && !sheet.contains(",\"=") && !sheet.contains(",-")
                && !sheet.contains(",\"-"))
        #expect(!cells.contains { $0.first == "@" })
    }

    @Test func `a broken row is listed by its line and spoils no other`() throws {
        let file = """
            title,answer,language,phrasings
            How do I pay?,By card.,en,"how to pay
            which cards"
            ,No title.,en,
            Too few cells,x
            Wrong language,x,fr,
            \(String(repeating: "x", count: 201)),Too long.,en,
            怎么付款,刷卡。,,
            """
        let preview = try ImportPreview(reading: Array(file.utf8), as: .csv)
        #expect(preview.good.map(\.line) == [2, 8])
        #expect(preview.good.map(\.entry.content.title) == ["How do I pay?", "怎么付款"])
        #expect(preview.good[0].entry.content.phrasings.list == ["how to pay", "which cards"])
        #expect(preview.good[1].entry.content.language == .chinese)
        #expect(preview.bad.map(\.line) == [4, 5, 6, 7])
        #expect(
            preview.bad.map(\.reason) == [
                "knowledge.title.missing", "import.cells", "knowledge.language", "knowledge.title.length",
            ])
    }

    @Test func `bytes that are no text spoil their row only`() throws {
        let file = Array("title,answer\nGood,yes\nB".utf8) + [0xFF, 0xC3, 0x28] + Array(",no\nAlso good,yes\n".utf8)
        let preview = try ImportPreview(reading: file, as: .csv)
        #expect(preview.good.map(\.line) == [2, 4])
        #expect(preview.bad == [ImportPreview.Bad(line: 3, reason: "import.encoding")])
    }

    @Test func `phrasings stand one a line or between bars`() throws {
        let file = "title,answer,phrasings\nA,a,one|two | three\nB,b,\"one|two\nthree\"\n"
        let phrasings = try ImportPreview(reading: Array(file.utf8), as: .csv).good.map(\.entry.content.phrasings.list)
        #expect(phrasings == [["one", "two", "three"], ["one|two", "three"]])
    }

    @Test func `a quote that never ends is listed`() throws {
        let preview = try ImportPreview(reading: Array("title,answer\nA,\"open\nB,b".utf8), as: .csv)
        #expect(preview.good.isEmpty)
        #expect(preview.bad == [ImportPreview.Bad(line: 2, reason: "import.quote")])
    }

    @Test func `headings may be Chinese and in any order`() throws {
        let preview = try ImportPreview(reading: Array("答案\t标题\t失效时间\n三天\t多久到\t2026-10-01\n".utf8), as: .tsv)
        let content = try #require(preview.good.first?.entry.content)
        #expect((content.title, content.answer) == ("多久到", "三天"))
        #expect(content.effectiveUntil == Timestamp(milliseconds: 1_790_812_800_000))
    }

    @Test(arguments: [
        ("question\nx", "import.columns"), ("", "import.empty"), ("\u{FEFF}", "import.empty"), ("\n\n", "import.empty"),
    ])
    func `a sheet without the needed columns is refused as a whole`(text: String, code: String) {
        #expect { try ImportPreview(reading: Array(text.utf8), as: .csv) } throws: { ($0 as? Refusal)?.code == code }
    }

    @Test(arguments: ["{", "[]", "{\"entries\":3}"])
    func `JSON of another shape is refused as a whole`(text: String) {
        #expect { try ImportPreview(reading: Array(text.utf8), as: .json) } throws: { ($0 as? Refusal)?.code == "import.json" }
    }

    @Test func `a broken element of a JSON list is listed by its place`() throws {
        let text = #"{"entries":[{"title":"a","answer":"b","language":"en"},{"title":5},{"answer":"x","language":"en"}]}"#
        let preview = try ImportPreview(reading: Array(text.utf8), as: .json)
        #expect(preview.good.map(\.line) == [1])
        #expect(preview.bad.map(\.reason) == ["import.shape", "knowledge.title.missing"])
    }

    @Test func `a page may be written by hand`() throws {
        let text = "# 配送\n\n## 多久到\n- 几天到\n- 什么时候能收到\n\n两到四天。\n- 偏远地区七天\n\n## No answer\n"
        let preview = try ImportPreview(reading: Array(text.utf8), as: .markdown)
        let content = try #require(preview.good.first?.entry.content)
        #expect(content.category == "配送")
        #expect(content.phrasings.list == ["几天到", "什么时候能收到"])
        #expect(content.answer == "两到四天。\n- 偏远地区七天")
        #expect(preview.bad == [ImportPreview.Bad(line: 10, reason: "knowledge.answer.missing")])
    }

    @Test func `a file over ten megabytes is refused`() {
        #expect(throws: Refusal(.tooLarge, "import.bytes", detail: "at most 10485760 bytes")) {
            try ImportPreview(reading: [UInt8](repeating: 65, count: 10 * 1024 * 1024 + 1), as: .csv)
        }
    }
}
