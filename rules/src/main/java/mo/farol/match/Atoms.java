package mo.farol.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.sigma.Check;
import mo.farol.sigma.Glob;
import mo.farol.sigma.Network;

/** Makes atoms, one for each different (column, check). */
final class Atoms {
  private record Key(int column, Check check, int other) {}

  private record SetKey(int column, Set<Shape> shapes) {}

  private record TreeKey(int column, Set<Network> networks) {}

  private record GlobKey(int column, Set<Glob> globs) {}

  private final Map<GlobKey, Atom> globSets = new HashMap<>();
  private final Map<TreeKey, Atom> trees = new HashMap<>();
  private final Map<Key, Atom> atoms = new HashMap<>();
  private final Map<SetKey, Atom> sets = new HashMap<>();

  /**
   * The atom of a check.
   *
   * @param other column a reference points to; else -1
   */
  Atom atom(int column, Check check, String title, int other) {
    return atoms.computeIfAbsent(
        new Key(column, check, other),
        _ -> new Atom(column, check, title, truth(column, check, other)));
  }

  /** Whether an atom looks for plain text without minding case, so that it can join a set. */
  static boolean isPlainText(Atom atom) {
    return atom.check instanceof Check.Text text && !text.cased() && ValueTest.isPlain(text.glob());
  }

  /** One atom that passes where one of these does: plain texts of one column. */
  Atom set(int column, List<Atom> texts) {
    var shapes = new HashSet<Shape>();
    for (Atom each : texts) {
      if (each.check instanceof Check.Text text) {
        shapes.add(Shape.of(text.glob()));
      }
    }
    return sets.computeIfAbsent(
        new SetKey(column, Set.copyOf(shapes)),
        key ->
            new Atom(
                column,
                texts.getFirst().check,
                texts.getFirst().title(),
                folded(column, TextSet.of(List.copyOf(key.shapes())))));
  }

  /** Whether an atom looks for text with marks inside, without minding case. */
  static boolean isGlob(Atom atom) {
    return atom.check instanceof Check.Text text
        && !text.cased()
        && !ValueTest.isPlain(text.glob())
        && GlobSet.takes(text.glob());
  }

  /** One atom that passes where one of these does: texts with marks inside, of one column. */
  Atom globs(int column, List<Atom> some) {
    var globs = new HashSet<Glob>();
    for (Atom each : some) {
      if (each.check instanceof Check.Text text) {
        globs.add(text.glob());
      }
    }
    return globSets.computeIfAbsent(
        new GlobKey(column, Set.copyOf(globs)),
        key ->
            new Atom(
                column,
                some.getFirst().check,
                some.getFirst().title(),
                folded(column, new GlobSet(key.globs()))));
  }

  /** Whether an atom looks for a network. */
  static boolean isNetwork(Atom atom) {
    return atom.check instanceof Check.Cidr;
  }

  /** One atom that passes where one of these does: networks of one column. */
  Atom networks(int column, List<Atom> some) {
    var networks = new HashSet<Network>();
    for (Atom each : some) {
      if (each.check instanceof Check.Cidr(var network)) {
        networks.add(network);
      }
    }
    return trees.computeIfAbsent(
        new TreeKey(column, Set.copyOf(networks)),
        key ->
            new Atom(
                column,
                some.getFirst().check,
                some.getFirst().title(),
                raw(column, new NetworkSet(key.networks()))));
  }

  private static Atom.Truth truth(int column, Check check, int other) {
    return switch (check) {
      case Check.Text text ->
          text.cased() ? raw(column, ValueTest.text(text)) : folded(column, ValueTest.text(text));
      case Check.Regex(var pattern) -> raw(column, ValueTest.regex(pattern));
      case Check.Cidr(var network) -> raw(column, ValueTest.cidr(network));
      case Check.Compare(var op, var number) -> raw(column, ValueTest.number(op, number));
      case Check.DatePart part -> raw(column, ValueTest.datePart(part));
      case Check.Exists(boolean present) -> exists(column, present);
      case Check.Null _ -> absent(column);
      case Check.Reference reference -> reference(column, reference, other);
    };
  }

  private static Atom.Truth exists(int column, boolean present) {
    return view -> {
      int k = view.first(column);
      if (k >= 0) {
        return present ? k : Atom.NONE;
      }
      return view.isThere(column) == present ? Atom.NO_PAIR : Atom.NONE;
    };
  }

  private static Atom.Truth absent(int column) {
    return view -> view.first(column) < 0 ? Atom.NO_PAIR : Atom.NONE;
  }

  private static Atom.Truth raw(int column, ValueTest test) {
    return view -> {
      for (int k = view.first(column); k >= 0; k = view.next(column, k)) {
        int start = view.start(k);
        if (test.test(view.bytes(k), start, start + view.length(k))) {
          return k;
        }
      }
      return Atom.NONE;
    };
  }

  private static Atom.Truth folded(int column, ValueTest test) {
    return view -> {
      for (int k = view.first(column); k >= 0; k = view.next(column, k)) {
        byte[] bytes = view.folded(k);
        if (test.test(bytes, view.foldedFrom(k), view.foldedTo(k))) {
          return k;
        }
      }
      return Atom.NONE;
    };
  }

  private static Atom.Truth reference(int column, Check.Reference check, int other) {
    return view -> {
      for (int k = view.first(column); k >= 0; k = view.next(column, k)) {
        for (int o = view.first(other); o >= 0; o = view.next(other, o)) {
          if (fits(bytes(view, k, check), bytes(view, o, check), check.place())) {
            return k;
          }
        }
      }
      return Atom.NONE;
    };
  }

  private static byte[] bytes(View view, int k, Check.Reference check) {
    if (check.cased()) {
      int from = view.start(k);
      return Arrays.copyOfRange(view.bytes(k), from, from + view.length(k));
    }
    byte[] scratch = view.folded(k);
    return Arrays.copyOfRange(scratch, view.foldedFrom(k), view.foldedTo(k));
  }

  private static boolean fits(byte[] value, byte[] part, Check.Place place) {
    int spare = value.length - part.length;
    return switch (place) {
      case WHOLE -> Arrays.equals(value, part);
      case START -> spare >= 0 && Arrays.equals(value, 0, part.length, part, 0, part.length);
      case END -> spare >= 0 && Arrays.equals(value, spare, value.length, part, 0, part.length);
      case ANYWHERE -> {
        boolean found = false;
        for (int at = 0; at <= spare && !found; at++) {
          found = Arrays.equals(value, at, at + part.length, part, 0, part.length);
        }
        yield found;
      }
    };
  }
}
