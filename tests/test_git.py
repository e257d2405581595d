"""What is asked of git runs no program that a repository names: an author may have unpacked a stranger's, with its settings."""

import shutil
import subprocess

import pytest
from conftest import SAUERTEIG, run
from coursedeck.published import git

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("blank_pages")]

SIGNED = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"


@pytest.fixture
def strange(tmp_path):
    """A course that was built and committed, in a repository whose every setting that can name a program names one which leaves a
    trace.
    """
    desk, trace, evil = tmp_path / "desk", tmp_path / "ran", tmp_path / "evil.sh"
    course = shutil.copytree(SAUERTEIG, desk / "course")
    evil.write_text(f'#!/bin/sh\necho "$0 $*" >> "{trace}"\n')
    evil.chmod(0o755)

    def git(*args, given=None):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *identity, *args], cwd=desk, check=True, capture_output=True, input=given
        )
        return done.stdout

    run("build", course, "--out", desk / "decks", "--only", "anki")
    git("init", "-q")
    git("add", "course")
    git("commit", "-q", "-m", "One")
    plain = git("cat-file", "commit", "HEAD").decode()
    signed = plain.replace("\n\n", f"\n{SIGNED}\n", 1).encode()
    id_ = git("hash-object", "-t", "commit", "-w", "--stdin", given=signed).decode().strip()
    git("reset", "-q", "--soft", id_)
    (desk / ".git" / "info").mkdir(exist_ok=True)
    (desk / ".git" / "info" / "attributes").write_text("* filter=x diff=x merge=x\n")
    hooks = desk / ".git" / "own"
    hooks.mkdir()
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        shutil.copy(evil, hooks / name)
    for name in (
        *("gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program"),
        *("filter.x.smudge", "filter.x.clean", "diff.external", "diff.x.command"),
        *("diff.x.textconv", "merge.x.driver", "core.fsmonitor", "core.pager", "pager.log"),
        *("core.editor", "core.sshCommand", "core.askPass", "credential.helper", "tar.tar.command"),
        *("remote.origin.uploadpack", "core.gitProxy", "core.alternateRefsCommand"),
    ):
        git("config", name, str(evil))
    for name in ("log", "rev-list", "diff-tree", "ls-tree", "cat-file", "rev-parse", "archive"):
        git("config", f"alias.{name}", f"!{evil}")
    for name, value in {
        "log.showSignature": "true",
        "core.hooksPath": hooks,
        "filter.x.required": "true",
        "diff.submodule": "diff",
    }.items():
        git("config", name, str(value))
    trace.unlink(missing_ok=True)
    return course, desk, trace


def test_no_command_runs_what_a_repository_names(strange):
    course, desk, trace = strange
    out = desk / "decks"
    module = course / "modules" / "grundlagen.yaml"
    module.write_text(module.read_text("utf-8").replace("Hefe macht", "Hefe atmet"), "utf-8")
    assert "1 edited" in run("diff", course, "--out", out, "--against", "HEAD").stdout
    run("build", course, "--out", out, "--only", "anki")
    log = desk / "CHANGELOG.md"
    run("release", "0.4.0", course, "--out", out, "--changelog", log)
    assert not trace.exists(), trace.read_text()


def test_nor_where_the_ledger_is_lost(strange):
    course, desk, trace = strange
    (course / "ledger.json").unlink()
    told = run("build", course, "--out", desk / "none", "--only", "anki", code=1).stderr
    assert "version control has it" in told
    (course / "ledger.json").write_text('{"notes": {}, "types": {}, "decks": {}}')
    told = run("build", course, "--out", desk / "none", "--only", "anki", code=1).stderr
    assert "the ledger is damaged" in told
    assert not trace.exists(), trace.read_text()


@pytest.mark.parametrize("url", ["ssh://example.invalid/x", "."], ids=["ssh", "uploadpack"])
def test_nor_what_would_fetch_what_a_clone_lacks(strange, url):
    course, desk, trace = strange

    def git(*args):
        return subprocess.run(["git", *args], cwd=desk, check=True, capture_output=True).stdout

    id_ = git("rev-parse", "HEAD:course/modules/grundlagen.yaml").decode().strip()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": url,
        "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none",
        "protocol.allow": "always",
        "protocol.ssh.allow": "always",
    }.items():
        git("config", name, value)
    (desk / ".git" / "objects" / id_[:2] / id_[2:]).unlink()
    command = ("diff", course, "--out", desk / "decks", "--against", "HEAD")
    assert "git has no folder" in run(*command, code=1).stderr
    assert not trace.exists(), trace.read_text()


def test_a_revision_is_read_as_it_was_committed(strange):
    course, desk, _ = strange
    card = course / "modules" / "grundlagen.yaml"
    (desk / ".git" / "config").write_text("[core]\n\trepositoryformatversion = 0\n")
    (desk / ".git" / "info" / "attributes").unlink()
    card.write_bytes(card.read_bytes().replace(b"\n", b"\r\n"))
    told = run("diff", course, "--out", desk / "decks", "--against", "HEAD").stdout
    assert told == "no changes\n"


@pytest.mark.parametrize("name", ["[a].ledger.json", "*.ledger.json", ":/a.ledger.json"])
def test_a_name_that_git_would_read_as_a_pattern_names_one_file(tmp_path, name):
    def git_(*args):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *args], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "a.ledger.json").write_text("{}\n")
    git_("init", "-q")
    git_("add", ".")
    git_("commit", "-q", "-m", "One")
    assert git.knows(tmp_path, "a.ledger.json")
    assert not git.knows(tmp_path, name)
    assert "+{}" not in git.lines(tmp_path, name)


@pytest.mark.parametrize("bare", [False, True])
def test_a_lost_ledger_that_git_has_is_not_begun_anew(tmp_path, bare):
    """Not in a folder that is a bare repository itself either."""
    work = shutil.copytree(SAUERTEIG, tmp_path / "work")
    run("build", work, "--out", tmp_path / "decks", "--only", "anki")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "One"]):
        subprocess.run(["git", *command], cwd=work, check=True)
    if bare:
        clone = ["git", "clone", "-q", "--bare", str(work), str(tmp_path / "bare")]
        subprocess.run(clone, check=True)
        shutil.rmtree(work / ".git")
        work = shutil.copytree(work, tmp_path / "bare", dirs_exist_ok=True)
    (work / "ledger.json").unlink()
    told = run("build", work, "--out", tmp_path / "o", "--only", "anki", code=1).stderr
    assert "ledger.json is missing, but version control has it" in told


def test_where_no_repository_is_git_is_not_started(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.lines(tmp_path, "ledger.json") == []
    assert not git.knows(tmp_path, "ledger.json")
    (tmp_path / ".git").mkdir()
    with pytest.raises(OSError, match="git"):
        git.knows(tmp_path, "ledger.json")
