package mo.farol.match;

import mo.farol.sigma.SigmaRule;

/** A rule ready to be asked, with what the matcher remembers of it. */
final class CompiledRule {
  final SigmaRule rule;
  final int ordinal;
  final Node node;
  final Watch watch;
  int faults;

  CompiledRule(SigmaRule rule, int ordinal, Node node) {
    this.rule = rule;
    this.ordinal = ordinal;
    this.node = node;
    this.watch = Watch.of(node);
  }
}
