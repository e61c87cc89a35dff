package mo.farol.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import mo.farol.rulebook.Refused;
import mo.farol.rulebook.RuleOutcome;
import mo.farol.rulebook.RuleRow;
import mo.farol.web.Caller;

/** What the API answers of rules, alike in their resources. */
final class RuleAnswers {
  static final String ROW =
      """
      id, version, title, kind (rule, correlation, filter), level, source, techniques, file, \
      matches (of yours, over 24 hours since the start at most), telemetry (sent, fields-missing, \
      source-missing), unseen (fields), standing (asked, matches, meanNanos, state, noisy).\
      """;

  private RuleAnswers() {}

  /** One as its caller may see it. */
  static ObjectNode tree(RuleRow row, Caller caller) {
    var node =
        Answers.object()
            .put("id", row.ref().id())
            .put("version", row.ref().version())
            .put("title", row.ref().title())
            .put("kind", row.kind())
            .put("level", row.level().map(level -> level.word()).orElse(null))
            .put("source", row.source())
            .put("matches", row.matches())
            .put("telemetry", row.telemetry().word());
    var techniques = node.putArray("techniques");
    row.techniques().forEach(techniques::add);
    var unseen = node.putArray("unseen");
    row.unseen().forEach(unseen::add);
    if (caller.isOfCentre()) {
      node.put("file", row.file());
      row.standing()
          .ifPresent(
              s ->
                  node.putObject("standing")
                      .put("asked", s.asked())
                      .put("matches", s.matches())
                      .put("meanNanos", s.meanNanos())
                      .put("state", s.state().name())
                      .put("noisy", s.isNoisy()));
    }
    return node;
  }

  /** Refuses with 422 what did not come into force. */
  static void mustBeDone(RuleOutcome outcome) {
    if (!outcome.isDone()) {
      throw new mo.farol.web.Refused(
          422,
          "Refused",
          outcome.refused().stream().map(Refused::toString).collect(Collectors.joining("; ")));
    }
  }

  static void refused(List<Refused> all, ArrayNode into) {
    all.forEach(each -> into.add(tree(each)));
  }

  static ObjectNode tree(Refused refused) {
    return Answers.object()
        .put("file", refused.file())
        .put("line", refused.refusal().line())
        .put("column", refused.refusal().column())
        .put("reason", refused.refusal().reason())
        .put("beforeInForce", refused.before());
  }
}
