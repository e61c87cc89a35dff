package mo.farol.match;

import java.util.Comparator;
import java.util.List;

/** A compiled condition. Tests on the same field and check are shared and asked once an event. */
abstract sealed class Node {
  abstract boolean test(View view);

  /** What asking costs, roughly; the cheap parts are asked first. */
  abstract double effort();

  private static Node[] byEffort(List<Node> parts) {
    return parts.stream().sorted(Comparator.comparingDouble(Node::effort)).toArray(Node[]::new);
  }

  /** Adds what of this made a true outcome, as people read it. */
  abstract void explain(View view, String selection, List<String> because);

  static final class All extends Node {
    final List<Node> parts;
    private final Node[] array;

    All(List<Node> parts) {
      this.parts = parts;
      array = byEffort(parts);
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
    double effort() {
      return array.length == 0 ? 0 : array[0].effort();
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
      array = byEffort(parts);
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
    double effort() {
      return parts.stream().mapToDouble(Node::effort).sum();
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      parts.stream()
          .filter(part -> part.test(view))
          .findFirst()
          .ifPresent(part -> part.explain(view, selection, because));
    }
  }

  /** Many texts of one field of which one must fit, asked at once. */
  static final class Several extends Node {
    final List<Node> parts;
    private final Atom together;

    Several(List<Node> parts, Atom together) {
      this.parts = parts;
      this.together = together;
    }

    @Override
    boolean test(View view) {
      return together.test(view);
    }

    @Override
    double effort() {
      return 4;
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      because.add(selection + ": " + together.evidence(view));
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
    double effort() {
      return part.effort();
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
    double effort() {
      return body.effort();
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
    double effort() {
      return atom.effort();
    }

    @Override
    void explain(View view, String selection, List<String> because) {
      because.add(selection + ": " + atom.evidence(view));
    }
  }
}
