/**
 * Drools decides what deserves a person.
 *
 * <p>In: events in order ({@link mo.farol.alert.Watch} is the detection follower), which become
 * {@link mo.farol.match.Detection}s, {@link mo.farol.window.Crossing}s, {@link
 * mo.farol.alert.Sighting}s of indicators and silences; {@link mo.farol.alert.RuleSet}s, of which
 * the newest holds. Out: {@link mo.farol.alert.Alert}s, raised or grown, with their why, durable in
 * the {@link mo.farol.alert.AlertBook}. One session an agency and lane and one national session a
 * lane, on the thread of the detection follower; the clock of a session is the time of its events.
 * The rules are DRL files and tables that people edit; what they may say is a list, checked before
 * they are compiled, and what they may cost is bounded. Follows the Sigma specification 2.1.0 for
 * which rules speak for themselves.
 *
 * <p><b>Who does what.</b> {@link mo.farol.alert.Watch} wires it all, and takes batch and pulse.
 * The {@code Detector} looks at each event; the {@code DetectionRouter} counts what rules found,
 * keeps apart what is in shadow and hands on the rest; {@code KeptWindows} counts over time. {@link
 * mo.farol.alert.AlertDesk} makes facts of it: the {@code SessionPool} has a session for each lane,
 * the {@code TreatmentDesk} treats what they conclude, {@code Growing} joins it to the alert that
 * stands, {@code RiskScoring} adds up risk, and the {@code CircuitBreaker} takes out decision rules
 * that cost too much. {@code Checkpoints} make alerts durable with their sequence; {@code
 * IdleTasks} run while no event waits, {@code Housekeeping} every ten seconds.
 *
 * <p><b>Restart.</b> Sessions live in memory only; windows are kept in a file every minute and at
 * the end. The watch begins to read a bounded span before its checkpoint ({@link
 * mo.farol.alert.LookBack}): twenty minutes, or the longest span of a correlation up to two hours.
 * That fills sessions and windows again; where the reading comes to the sequence of the file, its
 * windows take the place of those. Nothing is raised or counted twice, for four reasons. What time
 * alone told below the checkpoint is not told again. A conclusion whose newest event lies below the
 * checkpoint was drawn before and is dropped, but for what rests on a count that comes behind its
 * events ({@link mo.farol.window.Crossing#overdue}) and that no earlier run came to. A conclusion
 * with a newer event looks for the alert of its rule and group among those that grow ({@link
 * mo.farol.alert.AlertBook#growing}) and counts only events that are not among the alert's own. And
 * everything held back to be merged is handed out before a checkpoint, so that the checkpoint is
 * the whole truth up to its sequence. The memory of decision rules beyond their windows is the
 * alerts themselves, put back into the sessions from the book.
 *
 * <p><b>Identity.</b> An alert's id is the hash of rule, version, lane, group and the time of the
 * first event that raised it, so the same events give the same ids, whoever replays them.
 *
 * <p><b>Indicators</b> are matched on the same thread, each event after the rules. Which set was in
 * force when an event came is not kept: a replay looks for what the alerts tell of, in the events
 * they name ({@link mo.farol.alert.Recalled}), and what it finds again has the same id.
 *
 * <p><b>Silences</b> rest on no new event; their group and the time the source was last heard give
 * their id, so one that is noticed twice is one alert.
 */
@NullMarked
package mo.farol.alert;

import org.jspecify.annotations.NullMarked;
