package mo.farol.account;

/** What somebody is to the centre. */
public enum Role {
  /** Works the queue and the cases of every agency. */
  ANALYST,
  /** Sees one agency: its events, alerts and cases; hunts among these events. */
  AGENCY,
  /** Reads the board and decides; changes no case. */
  COMMITTEE,
  /** Runs the machine, and may do what an analyst does. */
  OPERATOR;

  /** Whether this role works alerts and cases. */
  public boolean mayWork() {
    return this == ANALYST || this == OPERATOR;
  }

  /** Whether this role hunts through the history of what it sees. */
  public boolean mayHunt() {
    return mayWork() || this == AGENCY;
  }

  /** Whether this role runs the machine: accounts, tokens, imports. */
  public boolean mayOperate() {
    return this == OPERATOR;
  }
}
