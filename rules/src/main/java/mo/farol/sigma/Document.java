package mo.farol.sigma;

import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** One document of a file, read before anything is known of others. */
sealed interface Document {
  /** Where it begins, for faults that show once others are known. */
  record Place(int line, int column) {
    static Place of(Node node) {
      var mark = node.getStartMark();
      return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  /** One that may stand in a book. */
  sealed interface Fit extends Document {
    RuleRef ref();

    Place place();

    List<Remark> remarks();
  }

  /** A detection rule. */
  record OfRule(SigmaRule rule, Place place, List<Remark> remarks) implements Fit {
    @Override
    public RuleRef ref() {
      return rule.ref();
    }
  }

  /**
   * A correlation, whose names are not looked up yet.
   *
   * @param node the document, to tell where a name stands
   */
  record OfCorrelation(SigmaCorrelation correlation, Node node, Place place, List<Remark> remarks)
      implements Fit {
    @Override
    public RuleRef ref() {
      return correlation.ref();
    }
  }

  /** A filter. */
  record OfFilter(SigmaFilter filter, Place place, List<Remark> remarks) implements Fit {
    @Override
    public RuleRef ref() {
      return filter.ref();
    }
  }

  /** One that is wrong. */
  record Wrong(Refusal refusal) implements Document {}
}
