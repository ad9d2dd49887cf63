import Testing

@testable import Web

@Suite struct PressTests {
    private func strip(_ source: String) -> String { String(decoding: ScriptStripper.strip(Array(source.utf8)), as: UTF8.self) }

    private func press(_ files: [String: String]) -> [String: String] {
        Press.pressed(files.mapValues { Array($0.utf8) }).mapValues { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `comments and indentation go, lines stay`() {
        let source = "// why\nlet a = 1; // one\n\n  /** two\n   lines */\n  let b = a  /  2;\n"
        #expect(strip(source) == "let a = 1;\nlet b = a / 2;\n")
    }

    @Test(
        arguments: [
            "const a = 'it\\'s // no comment';\n", "const a = `// ${b ? `/* ${c} */` : '}'}  two  spaces`;\n",
            "const a = /[/'\"`]\\/\\//g.test(b);\n", "const a = \"/*\";\n", "const a = b / c / d;\n",
        ]
    )
    func `what is inside a text or an expression stays as it is`(source: String) {
        #expect(strip(source) == source)
    }

    @Test func `an entry takes in what it imports and leaves beside it what it loads later`() {
        let pressed = press([
            "a/page.html": #"<script type="module" src="{{assets}}/a/main.js"></script>"#,
            "a/main.js":
                "import { one as first } from '../b/one.js';\nfirst();\nexport const go = () => import('../b/late.js');\n",
            "b/one.js": "// one\nexport function one() {\n  return 1;\n}\n",
            "b/late.js": "import { one } from './one.js';\nimport { two } from './two.js';\nexport const late = one() + two;\n",
            "b/two.js": "export const two = 2;\n",
            "b/one.test.js": "",
        ])
        #expect(
            pressed["a/main.js"] == """
                const m0=(()=>{
                function one() {
                return 1;
                }
                return{one};
                })();
                const m1=(()=>{
                const{one:first}=m0;
                first();
                const go = () => import('./../a/main.parts/b/late.js');
                return{go};
                })();
                export{m0};

                """)
        #expect(
            pressed["a/main.parts/b/late.js"] == """
                import{m0}from'../../../a/main.js';
                const{one}=m0;
                import { two } from '../../../a/main.parts/b/two.js';
                const late = one() + two;
                export{late};

                """)
        #expect(pressed["a/main.parts/b/two.js"] == "const two = 2;\nexport{two};\n")
        #expect(pressed["b/one.test.js"] == nil)
    }

    @Test func `what cannot be joined is served as it is`() {
        let pressed = press([
            "page.html": #"<script type="module" src="{{assets}}/main.js"></script>"#,
            "main.js": "import one from './one.js';\none();\n", "one.js": "export default () => 1;\n",
        ])
        #expect(pressed["main.js"] == "import one from './one.js';\none();\n")
    }

    @Test func `style sheets lose comments and needless space`() {
        #expect(press(["a.css": "/* why */\na {\n  b: c d;\n}\n"])["a.css"] == "a{b: c d;}")
    }

    @Test func `the style sheets of a page become one, in their order`() {
        let link = #"  <link rel="stylesheet" href="{{assets}}/"#
        let pressed = press([
            "a/page.html": "<title>x</title>\n\(link)b/one.css\">\n\(link)two.css\">\n</head>", "b/one.css": "a { }",
            "two.css": "b { }",
        ])
        #expect(
            pressed["a/page.html"] == "<title>x</title>\n<link rel=\"stylesheet\" href=\"{{assets}}/a/page.sheets.css\">\n</head>"
        )
        #expect(pressed["a/page.sheets.css"] == "a{}b{}")
    }
}
