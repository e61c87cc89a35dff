package mo.farol.match;

import java.util.List;

/** A compiled condition. Tests on the same field and check are shared and asked once an event. */
abstract sealed class Node {
  abstract boolean test(View view);

  /** Adds what of this made a true outcome, as people read it. */
  abstract void explain(View view, String selection, List<String> because);

  static final class All extends Node {
    final List<Node> parts;
    private final Node[] array;

    All(List<Node> parts) {
      this.parts = parts;
      array = parts.toArray(Node[]::new);
    }

    @Override
    boolean test(View view) {
      for (Node part : array) {
        if (!part.test(view)) {
          return false;
        }
      }
      return true;
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      parts.forEach(part -> part.explain(view, selection, because));
    }
  }

  static final class Any extends Node {
    final List<Node> parts;
    private final Node[] array;

    Any(List<Node> parts) {
      this.parts = parts;
      array = parts.toArray(Node[]::new);
    }

    @Override
    boolean test(View view) {
      for (Node part : array) {
        if (part.test(view)) {
          return true;
        }
      }
      return false;
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      parts.stream()
          .filter(part -> part.test(view))
          .findFirst()
          .ifPresent(part -> part.explain(view, selection, because));
    }
  }

  static final class Not extends Node {
    final Node part;

    Not(Node part) {
      this.part = part;
    }

    @Override
    boolean test(View view) {
      return !part.test(view);
    }

    @Override
    void explain(View view, String selection, List<String> because) {}
  }

  static final class Selection extends Node {
    final String name;
    final Node body;

    Selection(String name, Node body) {
      this.name = name;
      this.body = body;
    }

    @Override
    boolean test(View view) {
      return body.test(view);
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      body.explain(view, name, because);
    }
  }

  static final class Leaf extends Node {
    final Atom atom;

    Leaf(Atom atom) {
      this.atom = atom;
    }

    @Override
    boolean test(View view) {
      return atom.test(view);
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      because.add(selection + ": " + atom.evidence(view));
    }
  }
}
