package mo.farol.playbook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;
import org.jdbi.v3.core.Handle;

/** Reads runs and their steps. */
final class RunRows {
  /** A row of a step, before it is joined with its playbook. */
  private record Row(
      String step,
      StepRun.State state,
      Optional<Instant> openedAt,
      Optional<Instant> doneAt,
      Optional<String> by,
      Optional<String> note,
      Optional<String> choice) {}

  private RunRows() {}

  static Optional<Run> find(Handle h, String id) {
    return h.createQuery("select * from run where id = ?")
        .bind(0, id)
        .map((rs, _) -> run(h, rs))
        .findOne();
  }

  static List<Run> ofIncident(Handle h, String incident) {
    return h.createQuery("select * from run where incident = ? order by started_at, id")
        .bind(0, incident)
        .map((rs, _) -> run(h, rs))
        .list();
  }

  /** The text of the playbook as it was when the run began. */
  static Playbook pinned(Handle h, String run) {
    return Playbook.pinned(
        h.createQuery("select playbook_json from run where id = ?")
            .bind(0, run)
            .mapTo(String.class)
            .one());
  }

  /** What is known of the run's variables: first values, then what people filled in. */
  static Variables variables(Handle h, String run, Playbook playbook) {
    Map<String, String> values = new HashMap<>(playbook.variables());
    h.createQuery("select name, value from run_variable where run = ?")
        .bind(0, run)
        .map((rs, _) -> Map.entry(rs.getString("name"), rs.getString("value")))
        .list()
        .forEach(e -> values.put(e.getKey(), e.getValue()));
    return new Variables(values);
  }

  private static Run run(Handle h, ResultSet rs) throws SQLException {
    String id = rs.getString("id");
    var playbook = Playbook.pinned(rs.getString("playbook_json"));
    return new Run(
        id,
        rs.getString("incident"),
        rs.getString("playbook"),
        playbook.name(),
        rs.getString("playbook_modified"),
        rs.getString("playbook_sha256"),
        rs.getString("state").equals("ENDED"),
        Micros.toInstant(rs.getLong("started_at")),
        rs.getString("started_by"),
        instant(rs, "ended_at"),
        steps(h, id, playbook));
  }

  private static List<StepRun> steps(Handle h, String run, Playbook playbook) {
    var rows = new LinkedHashMap<String, Row>();
    h.createQuery("select * from step_run where run = ?")
        .bind(0, run)
        .map((rs, _) -> row(rs))
        .list()
        .forEach(row -> rows.put(row.step(), row));
    var variables = variables(h, run, playbook);
    return playbook.steps().stream()
        .map(step -> step.filled(variables))
        .map(
            step ->
                Optional.ofNullable(rows.get(step.id()))
                    .map(r -> of(step, r))
                    .orElseGet(() -> StepRun.waiting(step)))
        .toList();
  }

  private static StepRun of(Step step, Row row) {
    return new StepRun(
        step, row.state(), row.openedAt(), row.doneAt(), row.by(), row.note(), row.choice());
  }

  private static Row row(ResultSet rs) throws SQLException {
    return new Row(
        rs.getString("step"),
        StepRun.State.valueOf(rs.getString("state")),
        instant(rs, "opened_at"),
        instant(rs, "done_at"),
        Optional.ofNullable(rs.getString("by_whom")),
        Optional.ofNullable(rs.getString("note")),
        Optional.ofNullable(rs.getString("choice")));
  }

  private static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
    long micros = rs.getLong(column);
    return rs.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }
}
