"""`trophees load`: what a dump says, into a store: graph by graph, what changed alone, and seen to be there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from trophees.base.errors import UserError
from trophees.base.language import Both, Language
from trophees.fill.files import Loader, write
from trophees.fill.graphs import PIECE, Graph, split
from trophees.fill.plan import Step, plan
from trophees.fill.state import STATE, Loaded, State, read, written
from trophees.fill.store import Store
from trophees.fill.told import StoppedError, unanswered
from trophees.fill.verify import Verdict, verify

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """What the command line says."""

    dry: bool
    replace: bool
    remove: bool
    language: Language
    loader: Loader | None = None
    folder: Path | None = None


def load(dump: Path, opened: Callable[[], Store] | None, wish: Wish, say: Say) -> bool:
    """Whether the store has, in the graphs of `dump`, what it says; `say` is told of each graph.

    With a `loader` files are written for it, and nothing is sent; without a store they are for one that has nothing.
    UserError if it cannot be told, or a graph is there that no load put there.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="trophees-load-") as folder:
            graphs = split(dump, Path(folder))
            if opened is None:
                _write_files(graphs, {graph.name for graph in graphs}, {}, wish, say)
                return True
            return Load(graphs, opened(), wish, say).carried_out()
    except StoppedError as stopped:
        raise UserError(stopped.said[wish.language]) from None


def _write_files(graphs: list[Graph], changed: set[NamedNode], state: State, wish: Wish, say: Say) -> None:
    assert wish.loader is not None
    assert wish.folder is not None
    count = len(write(wish.loader, wish.folder, graphs, changed, state))
    said = f"{count} fichiers pour {wish.loader}", f"{count} files for {wish.loader}"
    say(Both(f"{wish.folder} : {said[0]}", f"{wish.folder}: {said[1]}")[wish.language])


class Load:
    """The graphs, the store, and what was loaded before, which is noted in the store after each piece."""

    def __init__(self, graphs: list[Graph], store: Store, wish: Wish, say: Say) -> None:
        self.graphs = [graph for graph in graphs if graph.name != STATE]
        self.store = store
        self.wish = wish
        self._say = say
        try:
            self.state = read(store.asked)
        except UserError as error:
            raise unanswered(store.name, error) from None

    def carried_out(self) -> bool:
        """Whether all is there."""
        there = {graph.name: self.store.count(graph.name) for graph in self.graphs}
        steps = plan(self.graphs, self.state, there, replace=self.wish.replace)
        gone = sorted(self.state.keys() - {graph.name for graph in self.graphs}, key=lambda name: name.value)
        if self.wish.dry:
            for step in steps:
                self._tell(_intended(step))
            self._tell_of(gone)
            return True
        if foreign := [step.graph.name.value for step in steps if step.action == "foreign"]:
            names = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
            raise StoppedError(Both(
                f"{self.store.name} : aucun chargement n’y a mis {names} : --replace remplace ce qui y est",
                f"{self.store.name}: no load put {names} there: --replace replaces what is there",
            ))  # fmt: skip
        if self.wish.loader:
            changed = {step.graph.name for step in steps if step.action != "keep"}
            _write_files(self.graphs, changed, self.state, self.wish, self._say)
            return True
        for step in steps:
            self._carry_out(step)
        self._tell_of(gone)
        if self.wish.remove:
            for name in gone:
                self.store.remove(name)
                del self.state[name]
                self._note()
        return self._verified()

    def _carry_out(self, step: Step) -> None:
        graph, sent = step.graph, step.sent
        self._tell(_intended(step))
        if step.action == "keep":
            return
        if step.action == "send":  # before a statement is: whatever comes, it is known that the graph is ours
            self._note(graph, 0)
        for piece, count in graph.pieces(sent):
            (self.store.add if sent else self.store.put)(graph.name, piece)
            sent += count
            self._note(graph, sent)

    def _note(self, graph: Graph | None = None, sent: int = 0) -> None:
        if graph:
            self.state[graph.name] = Loaded(graph.sum, sent)
        self.store.put(STATE, written(self.state))

    def _verified(self) -> bool:
        found = Verdict()
        for graph in self.graphs:
            verify(self.store, graph, found)
        for wrong in found.wrong:
            self._tell(wrong)
        if found.forms:
            one, other = found.forms[0]
            said = f"{one.object} → {other.object}"
            self._tell(Both(
                f"{len(found.forms)} énoncés reviennent sous une autre forme, de même valeur ({said})",
                f"{len(found.forms)} statements come back in another form of the same value ({said})",
            ))  # fmt: skip
        count = sum(graph.statements for graph in self.graphs)
        self._tell(Both(
            f"{self.store.name} : {found.graphs} graphes, {count} énoncés comptés, {found.compared} comparés, "
            f"{len(found.wrong)} en faute",
            f"{self.store.name}: {found.graphs} graphs, {count} statements counted, {found.compared} compared, "
            f"{len(found.wrong)} wrong",
        ))  # fmt: skip
        return not found.wrong

    def _tell(self, said: Both) -> None:
        self._say(said[self.wish.language])

    def _tell_of(self, gone: list[NamedNode]) -> None:
        for name in gone:
            if self.wish.remove:
                self._tell(Both(f"{name.value} : retiré", f"{name.value}: removed"))
            else:
                self._tell(Both(
                    f"{name.value} : chargé naguère, absent de ce fichier : --remove le retire",
                    f"{name.value}: loaded before, not in this file: --remove takes it away",
                ))  # fmt: skip


def _intended(step: Step) -> Both:
    graph = step.graph
    name, count = graph.name.value, graph.statements
    if step.action == "keep":
        return Both(f"{name} : {count} énoncés, inchangé", f"{name}: {count} statements, unchanged")
    if step.action == "foreign":
        return Both(
            f"{name} : aucun chargement ne l’a mis là : --replace le remplace",
            f"{name}: no load put it there: --replace replaces it",
        )
    size = graph.file.stat().st_size
    pieces = -(-size // PIECE)
    if step.action == "go on":
        left = count - step.sent
        return Both(
            f"{name} : {left} énoncés restants sur {count} à envoyer", f"{name}: {left} of {count} statements to send"
        )
    return Both(
        f"{name} : {count} énoncés à envoyer ({size} octets, en {pieces} fois)",
        f"{name}: {count} statements to send ({size} bytes, in {pieces} {'piece' if pieces == 1 else 'pieces'})",
    )
