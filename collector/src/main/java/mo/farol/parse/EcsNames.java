package mo.farol.parse;

/** The ECS names of what Windows, Zeek, Suricata, AWS and others call otherwise. */
final class EcsNames {
  /** A table for {@link EcsCopies}. */
  static final String TABLE =
      """
      host.name whole Computer hostname Hostname _HOSTNAME computer_name agent.hostname agent.name
      source.ip whole IpAddress SourceIp src_ip id.orig_h SourceAddress sourceIPAddress client_ip
      source.port whole IpPort SourcePort src_port id.orig_p
      source.bytes whole orig_bytes flow.bytes_toserver
      source.packets whole orig_pkts flow.pkts_toserver
      destination.ip whole DestinationIp dest_ip id.resp_h DestAddress
      destination.port whole DestinationPort dest_port id.resp_p DestPort
      destination.domain whole DestinationHostname
      destination.bytes whole resp_bytes flow.bytes_toclient
      destination.packets whole resp_pkts flow.pkts_toclient
      network.transport transport proto
      process.executable whole Image NewProcessName exe ProcessName
      process.name leaf Image NewProcessName exe ProcessName
      process.command_line whole CommandLine cmdline ProcessCommandLine
      process.pid number NewProcessId ProcessId pid ProcessID _PID
      process.working_directory whole CurrentDirectory cwd
      process.parent.executable whole ParentImage ParentProcessName parent_exe
      process.parent.name leaf ParentImage ParentProcessName parent_exe
      process.parent.command_line whole ParentCommandLine
      process.parent.pid number ParentProcessId ppid
      log.syslog.appname whole SYSLOG_IDENTIFIER
      file.path whole TargetFilename
      registry.path whole TargetObject
      dns.question.name whole QueryName query dns.rrname
      dns.question.type whole qtype_name dns.rrtype
      dns.response_code whole rcode_name dns.rcode
      dns.question.class whole qclass_name
      dns.answers.data whole answers
      rule.name whole alert.signature
      rule.id whole alert.signature_id
      rule.category whole alert.category
      event.severity whole alert.severity
      network.protocol lower app_proto service
      network.community_id whole community_id
      url.domain whole http.hostname
      url.original whole http.url uri
      http.request.method whole http.http_method method
      http.response.status_code whole http.status status_code
      tls.client.server_name whole tls.sni server_name
      source.mac whole orig_l2_addr ether.src_mac
      destination.mac whole resp_l2_addr ether.dest_mac
      event.action whole eventName alert.action
      event.code whole EventID EventCode
      event.provider whole Provider_Name ProviderName
      user.name leaf User user username AccountName userIdentity.userName
      user_agent.original whole userAgent http.http_user_agent user_agent
      message whole msg Message short_message MESSAGE full_log
      log.level level level severityText severity_text
      """;

  private EcsNames() {}
}
