package mo.farol.incident;

/** How far a case has come, in order. */
public enum State {
  NEW,
  TRIAGE,
  CONTAINED,
  ERADICATED,
  RECOVERED,
  CLOSED
}
