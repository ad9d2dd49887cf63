"""The structure check is shown a house that is built wrong."""
import structure


def plant(root, files):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def test_a_chapter_beside_is_not_imported(tmp_path):
    plant(tmp_path, {"Sources/Routing/Queue.swift": "import Basics\npackage import Bot\n"})
    assert list(structure.check_imports(tmp_path)) == ["Sources/Routing/Queue.swift: Routing may not import Bot"]


def test_the_ground_does_not_import_its_neighbour(tmp_path):
    plant(tmp_path, {"Sources/Store/Row.swift": "import Basics\n@preconcurrency import Web\n"})
    assert list(structure.check_imports(tmp_path)) == ["Sources/Store/Row.swift: Store may not import Web"]


def test_what_lies_deeper_may_be_imported(tmp_path):
    plant(tmp_path, {"Sources/Bot/Bot.swift": "import Knowledge\nimport Store\nimport Foundation\npackage import struct Basics.ID\n"})
    assert list(structure.check_imports(tmp_path)) == []


def test_only_the_contents_import_every_chapter(tmp_path):
    everything = "import Contacts\nimport Bot\n"
    plant(tmp_path, {
        "Sources/Contacts/Contact.swift": "", "Sources/Bot/Bot.swift": "import Contacts\n",
        "Sources/Server/Contents.swift": everything, "Sources/Server/Start.swift": everything,
    })
    assert list(structure.check_contents(tmp_path)) == [
        "Sources/Server/Start.swift: imports every chapter; only Server/Contents.swift may"
    ]


def test_a_chapter_that_the_contents_forget_is_noticed(tmp_path):
    plant(tmp_path, {
        "Sources/Contacts/Contact.swift": "", "Sources/Bot/Bot.swift": "", "Sources/Server/Contents.swift": "import Bot\n",
    })
    assert list(structure.check_contents(tmp_path)) == ["Sources/Server/Contents.swift: does not list Contacts"]


def test_clients_do_not_import_in_a_circle(tmp_path):
    plant(tmp_path, {
        "Clients/desk/a.js": "import { b } from './b.js';\n", "Clients/desk/b.js": "export const b = () => import('../core/c.js');\n",
        "Clients/core/c.js": "import * as a from '../desk/a.js';\nimport { d } from './d.js';\n", "Clients/core/d.js": "", "Clients/page.js": "import './desk/a.js';\n",
    })
    assert list(structure.check_circles(tmp_path)) == ["the clients import in a circle: Clients/core/c.js, Clients/desk/a.js, Clients/desk/b.js"]


def test_what_only_types_need_is_no_circle(tmp_path):
    plant(tmp_path, {
        "Clients/a.js": "import { b } from './b.js';\n", "Clients/b.js": "/** @import { A } from './a.js' */\n// see import('./a.js')\nexport const b = 1;\n",
    })
    assert list(structure.check_circles(tmp_path)) == []


def test_a_command_stays_short(tmp_path):
    plant(tmp_path, {"bin/run": "echo\n" * 41})
    assert list(structure.check_commands(tmp_path)) == ["bin/run: 41 lines; a command has at most 40"]
