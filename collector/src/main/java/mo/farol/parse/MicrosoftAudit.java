package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * Records of Microsoft's clouds: those of the Office 365 Management Activity API ({@code Workload},
 * {@code Operation}, {@code UserId}), and sign-ins and audits of Entra ID as its diagnostic
 * settings send them ({@code category}, {@code operationName}, {@code properties}). The sender's
 * own names stay beside those of ECS.
 */
final class MicrosoftAudit {
  private static final byte[] OFFICE = bytes("o365.audit");
  private static final byte[] SIGN_IN = bytes("azure.signinlogs");
  private static final byte[] AUDIT = bytes("azure.auditlogs");
  private static final byte[] SIGN_IN_LOGS = bytes("SignInLogs");
  private static final byte[] AUDIT_LOGS = bytes("AuditLogs");
  private static final byte[] AZURE = bytes("azure");
  private static final int WORKLOAD = Fields.id("Workload");
  private static final int OPERATION = Fields.id("Operation");
  private static final int CREATED = Fields.id("CreationTime");
  private static final int CATEGORY = Fields.id("category");
  private static final int OPERATION_NAME = Fields.id("operationName");
  private static final int ERROR = Fields.id("properties.status.errorCode");
  private static final int PROVIDER = Fields.id("cloud.provider");
  private static final String OFFICE_TABLE =
      """
      event.action whole Operation
      event.provider whole Workload
      event.outcome outcome ResultStatus
      user.name whole UserId
      source.ip address ClientIP ClientIPAddress ActorIpAddress
      """;
  private static final String ENTRA_TABLE =
      """
      event.action whole operationName
      event.outcome outcome properties.result
      user.name whole properties.userPrincipalName properties.initiatedBy.user.userPrincipalName
      user.target.name whole properties.targetResources.userPrincipalName
      source.ip address properties.ipAddress callerIpAddress properties.initiatedBy.user.ipAddress
      source.geo.country_iso_code whole properties.location.countryOrRegion
      """;

  private final EcsCopies office = new EcsCopies("", OFFICE_TABLE);
  private final EcsCopies entra = new EcsCopies("", ENTRA_TABLE);

  /** Adds the names to the pairs of the open event from {@code first} on, where it is one. */
  void add(EventDraft draft, int first) {
    var into = draft.into();
    if (into.findOpen(WORKLOAD) >= 0 && into.findOpen(OPERATION) >= 0) {
      draft.word(Fields.EVENT_DATASET, OFFICE);
      if (draft.occurredAt() == Micros.NONE) {
        draft.occurredAt(draft.timeOf(CREATED));
      }
      office.add(draft, first);
      return;
    }
    int category = into.findOpen(CATEGORY);
    if (category < 0 || into.findOpen(OPERATION_NAME) < 0) {
      return;
    }
    if (endsWith(draft, category, SIGN_IN_LOGS)) {
      entra(draft, first, SIGN_IN);
      signedIn(draft);
    } else if (endsWith(draft, category, AUDIT_LOGS)) {
      entra(draft, first, AUDIT);
    }
  }

  private void entra(EventDraft draft, int first, byte[] dataset) {
    draft.word(Fields.EVENT_DATASET, dataset);
    draft.word(PROVIDER, AZURE);
    entra.add(draft, first);
  }

  /** An error code of 0 is a sign-in that succeeded. */
  private static void signedIn(EventDraft draft) {
    var into = draft.into();
    int k = into.findOpen(ERROR);
    if (k >= 0) {
      boolean succeeded = into.length(k) == 1 && into.bytes(k)[into.start(k)] == '0';
      draft.word(Fields.EVENT_CATEGORY, Words.AUTHENTICATION);
      draft.word(Fields.EVENT_OUTCOME, succeeded ? Words.SUCCESS : Words.FAILURE);
    }
  }

  /** {@code SignInLogs}, {@code NonInteractiveUserSignInLogs}. */
  private static boolean endsWith(EventDraft draft, int k, byte[] word) {
    var into = draft.into();
    int from = into.start(k);
    int to = from + into.length(k);
    return to - from >= word.length && Ascii.is(into.bytes(k), to - word.length, to, word);
  }
}
