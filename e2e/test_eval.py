"""What `nightdesk eval` and `nightdesk train` print and write."""
import json

from nightdesk import run

TOPICS = {
    "refund": ["how do I get a refund", "I want a refund for my order", "refund my money please", "when is my refund paid"],
    "address": ["change the delivery address", "my address is wrong", "I moved to a new address", "correct my street address"],
    "lamp": ["is the lamp bright", "how bright is this lamp", "does the lamp flicker", "lamp brightness in lumen"],
}


def sheet(path):
    rows = [f"{label}\t{text}" for label, texts in TOPICS.items() for text in texts]
    path.write_text("\n".join(["answer\ttext", *rows]) + "\n")
    return str(path)


def test_questions_are_sorted_by_what_they_ask_for(tmp_path):
    made = run("eval", "clusters", "--questions", sheet(tmp_path / "q.tsv"), "--count", "3", "--json")
    assert made.returncode == 0, made.stderr
    figures = json.loads(made.stdout)
    assert figures["questions"] == 12 and figures["count"] == 3
    assert figures["accuracy"] >= 0.9 and figures["adjustedRandIndex"] >= 0.7


def test_the_bot_is_measured_with_an_embedding_trained_here(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    rows = [f"{label}\t{text}" for label, texts in TOPICS.items() for text in texts]
    for name in ("en_clinc150_train.tsv", "en_hwu64_train.tsv"):
        (data / name).write_text("\n".join(["label\ttext", *rows]) + "\n")
    weights = []
    for number, (sources, seed) in enumerate([("clinc150", 1), ("clinc150", 1), ("clinc150,hwu64", 1), ("clinc150", 2)]):
        out = tmp_path / f"{number}.embedding"
        made = run("train", "embedding", "--training-data", data, "--sources", sources, "--seed", str(seed), "--out", out)
        assert made.returncode == 0, made.stderr
        weights.append(out.read_bytes())
    assert weights[0] == weights[1], "the same recipe and seed make the same weights"
    assert len(set(weights)) == 3 and len(weights[0]) <= 3_000_000
    knowledge = sheet(tmp_path / "k.tsv")
    made = run("eval", "bot", "--knowledge", knowledge, "--questions", knowledge, "--embedding", tmp_path / "0.embedding", "--json")
    assert made.returncode == 0, made.stderr
    figures = json.loads(made.stdout)
    assert figures["top1"] == 1 and figures["top3"] == 1 and figures["entries"] == 3


def test_what_cannot_be_read_is_refused_by_name(tmp_path):
    (tmp_path / "short").write_bytes(b"no weights")
    knowledge = sheet(tmp_path / "k.tsv")
    made = run("eval", "bot", "--knowledge", knowledge, "--questions", knowledge, "--embedding", tmp_path / "short")
    assert made.returncode != 0 and "no English embedding" in made.stderr
    made = run("train", "embedding", "--training-data", tmp_path, "--sources", "elsewhere", "--out", tmp_path / "x")
    assert made.returncode != 0 and "unknown source elsewhere" in made.stderr
    assert not (tmp_path / "x").exists()
