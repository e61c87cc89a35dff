package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/** AWS CloudTrail records: what their own names mean in ECS, and whether the call was refused. */
final class CloudTrail {
  private static final byte[] DATASET = bytes("aws.cloudtrail");
  private static final byte[] AWS = bytes("aws");
  private static final int SOURCE = Fields.id("eventSource");
  private static final int REGION = Fields.id("awsRegion");
  private static final int ERROR = Fields.id("errorCode");
  private static final int CONSOLE = Fields.id("responseElements.ConsoleLogin");
  private static final int PROVIDER = Fields.id("cloud.provider");
  private static final String TABLE =
      """
      cloud.region whole awsRegion
      cloud.account.id whole recipientAccountId userIdentity.accountId
      event.provider whole eventSource
      event.id whole eventID
      user.id whole userIdentity.principalId userIdentity.arn
      user.name leaf userIdentity.userName userIdentity.sessionContext.sessionIssuer.userName
      error.code whole errorCode
      error.message whole errorMessage
      event.outcome outcome responseElements.ConsoleLogin
      """;

  private final EcsCopies copies = new EcsCopies("", TABLE);

  boolean isOne(EventDraft draft) {
    return draft.into().findOpen(SOURCE) >= 0 && draft.into().findOpen(REGION) >= 0;
  }

  /** Adds the names to the pairs of the open event from {@code first} on. */
  void add(EventDraft draft, int first) {
    draft.word(Fields.EVENT_DATASET, DATASET);
    draft.word(PROVIDER, AWS);
    copies.add(draft, first);
    if (draft.into().findOpen(CONSOLE) < 0) {
      boolean isRefused = draft.into().findOpen(ERROR) >= 0;
      draft.word(Fields.EVENT_OUTCOME, isRefused ? Words.FAILURE : Words.SUCCESS);
    }
  }
}
