package mo.farol.match;

import java.util.List;
import java.util.function.Consumer;

/** Names the rules that match more than half of {@value #WINDOW} events in a row, once each. */
final class Noise {
  static final int WINDOW = 10_000;

  private final List<CompiledRule> rules;
  private final Consumer<CompiledRule> noisy;
  private int events;

  Noise(List<CompiledRule> rules, Consumer<CompiledRule> noisy) {
    this.rules = rules;
    this.noisy = noisy;
  }

  void event() {
    if (++events < WINDOW) {
      return;
    }
    events = 0;
    for (CompiledRule rule : rules) {
      if (rule.windowMatches > WINDOW / 2 && !rule.isNoisy()) {
        rule.noisy();
        noisy.accept(rule);
      }
      rule.windowMatches = 0;
    }
  }
}
