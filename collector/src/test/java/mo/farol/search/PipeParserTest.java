package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import mo.farol.event.Scope;
import mo.farol.pipe.Pipe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages after a query: what is read, and where and why something is not. */
class PipeParserTest {
  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  private List<Pipe> pipes(String query) {
    return QueryParser.ask(query, town.names(Scope.national())).pipes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| count",
        "*|count by user",
        "user.name:root | top 5 source.ip",
        "a || b | rare host.name",
        "\"a | b\" | count() by agency, bin(5m)",
        "/a|b/ | count as n by host, severity",
        "url.path:/x|y/| sum(http.response.bytes) by host.name",
        "* | percentiles(50, 95, 99.9) event.duration by host",
        "* | distinct user.name, min @timestamp, max(@timestamp) by source.ip",
        "* | fields user, message | sort -user, message | dedup user by newest | limit 3",
        "* | count by user | where count >= 10 and user != \"n/a\" | sort -count | limit 5",
        "* | sum http.response.bytes by host | sort -sum(http.response.bytes)",
        "* | count as n by host | count as hosts by n"
      })
  void stages_are_read(String query) {
    assertThat(pipes(query)).isNotEmpty();
  }

  @Test
  void short_names_stand_for_fields() {
    assertThat(pipes("* | top 5 user"))
        .containsExactly(new Pipe.Top(false, 5, List.of(new Pipe.Name("user.name", 11)), 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "* |!4!a stage must follow the '|'",
        "* | cuont by user!5!did you mean count?",
        "* | stats by user!5!there is no stage 'stats', only top",
        "* | count by usr.name!14!did you mean user.name?",
        "* | top 5!10!a field must follow here",
        "* | top 0 user!9!a number from 1 to 10,000",
        "* | top 5 message!11!'message' can't be counted by",
        "* | count by id!14!'id' can't be counted by",
        "* | count by ip!14!'ip' stands for several fields",
        "* | sum @timestamp!9!sum takes no times",
        "* | avg severity!9!avg works on numbers",
        "* | count by bin(5x)!18!a bin is so wide",
        "* | percentiles event.duration!17!in parentheses",
        "* | percentiles(101) event.duration!17!a percentile is a number from 0 to 100",
        "* | count by user | sort -conut!27!did you mean count?",
        "* | count by user | sort host!26!only user.name, count",
        "* | count by user | count by count!21!two columns would be called count",
        "* | count by user | last user!26!last goes by time",
        "* | where count > 3!5!where works on a table",
        "* | count by user | where count 3!33!must follow, as in where",
        "* | count by user root!19!a stage ends here",
        "* | limit many!11!limit is followed by a number",
        "* | count by user | sort -count, count!34!sorted by count already",
        "* | fields @timestamp | distinct @timestamp!34!distinct takes no times",
        "* | fields @timestamp | fields @timestamp | sum @timestamp!49!sum takes no times",
        "* | fields severity | avg severity!27!avg works on numbers",
        "* | fields @timestamp | where @timestamp > +1000000000-12-31T23:59:59Z!44!no event has",
        "* | dedup user by oldest!19!dedup keeps the newest",
        "(a | count)!4!stages stand after the query",
        "a OR | count!6!something must stand before this '|'",
        "user: | count!7!'user:' needs a value",
        "* | count || top user!11!a stage ends here"
      })
  void a_fault_says_where_and_why(String query, int column, String why) {
    var fault = fault(query);

    assertThat(fault).as(query).hasMessageContaining(why);
    assertThat(fault.column()).as(query + ": " + fault.getMessage()).isEqualTo(column);
  }

  @Test
  void events_are_not_found_by_a_query_that_makes_a_table() {
    var fault =
        catchThrowableOfType(
            QueryFault.class, () -> town.find("user.name:root | count", Scope.national()));

    assertThat(fault).hasMessageContaining("stages after '|' make a table");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "user:root | count!user:root!| count",
        "| count!``!| count",
        "\"a|b\" /c|d/ e\\|f a||b!\"a|b\" /c|d/ e\\|f a||b!``",
        "url.path:/a|b/|count!url.path:/a|b/!|count",
        "-/a|b/!-/a|b/!``",
        "x +/a|b/ (c)/d|e/ \"f\"/g|h/ &&/i|j/|count!x +/a|b/ (c)/d|e/ \"f\"/g|h/ &&/i|j/!|count",
        "x-/a|b/!x-/a!|b/",
        "x:-/a|b/!x:-/a!|b/",
        "x|top 5 y | limit 3!x!|top 5 y | limit 3"
      })
  void a_query_is_split_where_its_first_stage_begins(String query, String clause, String stages) {
    assertThat(Splitting.clause(query)).isEqualTo(clause);
    assertThat(Splitting.stages(query)).isEqualTo(stages);
  }

  @Test
  void a_question_is_narrowed_before_its_stages() {
    assertThat(Splitting.narrowed("a OR b | count", Splitting.clause("agency", "x\"y")))
        .isEqualTo("(a OR b) AND agency:\"x\\\"y\" | count");
    assertThat(Splitting.narrowed("| count", "agency:x")).isEqualTo("agency:x | count");
  }

  private QueryFault fault(String query) {
    return catchThrowableOfType(QueryFault.class, () -> pipes(query));
  }
}
