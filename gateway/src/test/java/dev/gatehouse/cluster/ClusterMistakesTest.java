package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is told with its place, what is wrong, and what is allowed. */
final class ClusterMistakesTest {
  private static final String DSA = "ssh-dss AAAAB3NzaC1kc3MAAAAA";

  private static String mistakes(String yaml) {
    var error =
        catchThrowableOfType(
            UserError.class, () -> ClusterDefinitionFile.parse("cluster.yaml", yaml));
    assertThat(error).as(yaml).isNotNull();
    assertThat(error.exit()).isEqualTo(ExitCode.CONFIG);
    return error.text();
  }

  static Stream<Arguments> single() {
    return Stream.of(
        Arguments.of("gatway: {}", "1:1: unknown key 'gatway'; did you mean 'gateway'?"),
        Arguments.of(
            "colour: red",
            "1:1: unknown key 'colour'; allowed here: apps, cloud, costs, definition, directory,"
                + " gateway, images, kubernetes, limits, login, machineTypes, pools, storage,"
                + " workspaces"),
        Arguments.of("gateway: {prot: 1}", "1:11: unknown key 'prot'; did you mean 'port'?"),
        Arguments.of("gateway: {Port: 1}", "1:11: unknown key 'Port'; did you mean 'port'?"),
        Arguments.of(
            "gateway: {port: 70000}",
            "1:17: gateway.port must be a whole number from 0 to 65535, not '70000'"),
        Arguments.of(
            "gateway: {port: -1}",
            "1:17: gateway.port must be a whole number from 0 to 65535, not '-1'"),
        Arguments.of(
            "gateway: {port: 022}",
            "1:17: gateway.port must be a whole number from 0 to 65535, not '022'"),
        Arguments.of(
            "gateway: {port: 1:30}",
            "1:17: gateway.port must be a whole number from 0 to 65535, not '1:30'"),
        Arguments.of(
            "gateway: {port: \"22\"}",
            "1:17: gateway.port must be a whole number from 0 to 65535, not '22'"),
        Arguments.of(
            "gateway: {port: 99999999999999999999}",
            "1:17: gateway.port must be a whole number from 0 to 65535,"
                + " not '99999999999999999999'"),
        Arguments.of(
            "gateway: {port: [22]}", "1:17: gateway.port must be a single value, not a list"),
        Arguments.of(
            "gateway:\n  port:\n", "2:8: gateway.port has no value; give one, or remove the key"),
        Arguments.of("gateway: [a]", "1:10: gateway must hold keys and values, not a list"),
        Arguments.of("gateway: on", "1:10: gateway must hold keys and values, not 'on'"),
        Arguments.of("- a", "1:1: the file must hold keys and values, not a list"),
        Arguments.of("hello", "1:1: the file must hold keys and values, not 'hello'"),
        Arguments.of("gateway: {name: 42}", "1:17: gateway.name must be text: put 42 in quotes"),
        Arguments.of(
            "gateway: {name: \"\\e[31mred\"}",
            "1:17: gateway.name must be one line of 1 to 64 printable characters, not '?[31mred'"),
        Arguments.of(
            "gateway: {motd: \"\\e[31mred\"}",
            "1:17: gateway.motd must be at most 8192 printable characters, line breaks and tabs"),
        Arguments.of(
            "gateway: {host: a b}",
            "1:17: gateway.host must be an IP address or a host name, such as 127.0.0.1, '::' or"
                + " 0.0.0.0, not 'a b'"),
        Arguments.of(
            "gateway: {algorithms: strong}",
            "1:23: gateway.algorithms must be modern, compatible or fips, not 'strong'"),
        Arguments.of(
            "directory: {administrators: Admins}",
            "1:29: directory.administrators is wrong: group name 'Admins' is not valid: it starts"
                + " with a small letter and has at most 32 small letters, digits, '.', '_' or '-'"),
        Arguments.of(
            "directory: {ldap: {servers: ['ldap://a'], base: b, bindDn: c, bindPasswordFile: d}}",
            "1:29: directory.ldap.servers has ldap://a:389, to which passwords would go in clear;"
                + " use ldaps://, set startTls: true, or allow it by allowPlaintext: true"),
        Arguments.of(
            "directory: {ldap: {servers: ['ldap://a'], allowPlaintext: true, base: b,"
                + " clientCertificate: {certificate: c, key: d}}}",
            "1:93: directory.ldap.clientCertificate needs TLS: make every server ldaps://, or set"
                + " startTls: true"),
        Arguments.of(
            "directory: {ldap: {servers: ['ldaps://a'], base: b, bindDn: x, clientCertificate:"
                + " {certificate: c, key: d}}}",
            "1:61: directory.ldap.bindDn stands beside clientCertificate; keep one of them"),
        Arguments.of(
            "directory: {ldap: {servers: ['ldaps://a'], base: b, bindDn: c, bindPasswordFile: d,"
                + " ids: {users: 2-1}}}",
            "1:98: directory.ldap.ids.users must be a range such as 10000-59999, not '2-1'"),
        Arguments.of(
            "workspaces: {startTimeout: 90}",
            "1:28: workspaces.startTimeout must be a duration such as 90s, 5m or 1h, not '90'"),
        Arguments.of(
            "workspaces: {startTimeout: 2h}",
            "1:28: workspaces.startTimeout must be a duration from 1s to 1h, not '2h'"),
        Arguments.of(
            "workspaces: {startTimeout: 0s}",
            "1:28: workspaces.startTimeout must be a duration such as 90s, 5m or 1h, not '0s'"),
        Arguments.of(
            "workspaces: {perPerson: 0}",
            "1:25: workspaces.perPerson must be a whole number from 1 to 100, not '0'"),
        Arguments.of(
            "workspaces: {defaultType: gpu}",
            "1:27: workspaces.defaultType is 'gpu', which is none of the machineTypes"),
        Arguments.of(
            "workspaces: {defaultType: gpu}\nmachineTypes: {gpus: {}}",
            "1:27: workspaces.defaultType is 'gpu', which is none of the machineTypes; did you"
                + " mean 'gpus'?"),
        Arguments.of(
            "machineTypes:\n  gpu: {}",
            "2:3: workspaces.defaultType is 'standard', which is none of the machineTypes;"
                + " allowed here: gpu"),
        Arguments.of(
            "machineTypes: {standard: {}, Big One: {}}",
            "1:30: machine type 'Big One' is not valid: it starts with a small letter, ends in a"
                + " letter or digit, and has at most 32 small letters, digits or '-'"),
        Arguments.of(
            "machineTypes: {standard: {}, gate: {}}",
            "1:30: a machine type cannot be called 'gate'"),
        Arguments.of(
            "apps: {localhost: {ports: [80]}}",
            "1:8: an app cannot be called 'localhost': in a tunnel, that is the workspace"),
        Arguments.of(
            "apps: {127.0.0.1: {ports: [80]}}",
            "1:8: app '127.0.0.1' is not valid: it starts with a small letter, ends in a letter or"
                + " digit, and has at most 63 small letters, digits or '-'"),
        Arguments.of(
            "apps: {ldap-ui: {}}",
            "1:17: apps.ldap-ui has no ports; list those that may be reached, such as [80]"),
        Arguments.of(
            "apps: {ldap-ui: {ports: 80}}", "1:25: apps.ldap-ui.ports must be a list, not '80'"),
        Arguments.of(
            "apps: {ldap-ui: {ports: []}}",
            "1:25: apps.ldap-ui.ports is an empty list; list those that may be reached"),
        Arguments.of(
            "apps: {ldap-ui: {ports: [80, 0]}}",
            "1:30: apps.ldap-ui.ports must be a whole number from 1 to 65535, not '0'"),
        Arguments.of(
            "apps: {ldap-ui: {ports: [80], groups: []}}",
            "1:39: apps.ldap-ui.groups is an empty list; name a group, or remove the key to let"
                + " administrators alone reach this app"),
        Arguments.of(
            "apps: {ldap-ui: {ports: [80], host: 'http://a'}}",
            "1:37: apps.ldap-ui.host must be an IP address or a host name, such as 127.0.0.1, '::'"
                + " or 0.0.0.0, not 'http://a'"),
        Arguments.of(
            "machineTypes: {standard: {groups: []}}",
            "1:35: machineTypes.standard.groups is an empty list; name a group, or remove the key"
                + " to let everybody use this type"),
        Arguments.of(
            "machineTypes: {standard: {groups: ml}}",
            "1:35: machineTypes.standard.groups must be a list, not 'ml'"),
        Arguments.of(
            "machineTypes: {standard: {environment: {1A: x}}}",
            "1:41: '1A' cannot be an environment variable: a name has letters, digits and '_' and"
                + " does not start with a digit"),
        Arguments.of(
            "machineTypes: {standard: {environment: {A: [x]}}}",
            "1:44: machineTypes.standard.environment.A must be a single value, not a list"),
        Arguments.of(
            "machineTypes: {standard: {environment: {A: \"a\\0b\"}}}",
            "1:44: machineTypes.standard.environment.A must not hold a zero character"),
        Arguments.of(
            "gateway: {proxyProtocolFrom: [10.0.0.0/33]}",
            "1:31: gateway.proxyProtocolFrom is wrong: '10.0.0.0/33' is not a network: behind the"
                + " slash stands a number from 0 to 32"),
        Arguments.of(
            "gateway: {proxyProtocolFrom: 10.0.0.1}",
            "1:30: gateway.proxyProtocolFrom must be a list, not '10.0.0.1'"),
        Arguments.of(
            "login: {methods: []}",
            "1:18: login.methods is an empty list; nobody could log in; name a method, such as"
                + " publickey"),
        Arguments.of(
            "login: {methods: [password]}",
            "1:19: login.methods is wrong: 'password' is no authentication method; there is"
                + " publickey, keyboard-interactive, totp"),
        Arguments.of(
            "login: {methods: ['publickey,publickey']}",
            "1:19: login.methods is wrong: 'publickey,publickey' names a method twice"),
        Arguments.of(
            "login: {methods: ['publickey,']}",
            "1:19: login.methods is wrong: '' is no authentication method;"),
        Arguments.of(
            "login: {methods: [totp]}",
            "1:19: login.methods is wrong: 'totp' is wrong: totp stands last, behind another"),
        Arguments.of(
            "login: {methods: ['publickey,totp,keyboard-interactive']}",
            "1:19: login.methods is wrong: 'publickey,totp,keyboard-interactive' is wrong: totp"
                + " stands last, behind another method"),
        Arguments.of(
            "login: {methods: ['publickey,totp', 'publickey,keyboard-interactive']}",
            "1:18: login.methods must not ask after publickey for totp in one chain and for"),
        Arguments.of(
            "login: {rules: [{methods: ['publickey,keyboard-interactive,totp',"
                + " 'publickey,totp']}]}",
            "1:27: login.rules[0].methods must not ask after publickey for totp in one chain"),
        Arguments.of(
            "login: {securityKeysAreSecondFactor: 1}",
            "1:38: login.securityKeysAreSecondFactor must be true or false, not '1'"),
        Arguments.of(
            "login: {enrolAtFirstLogin: later}",
            "1:28: login.enrolAtFirstLogin must be true or false, not 'later'"),
        Arguments.of(
            "login: {rules: [{groups: [ops]}]}",
            "1:17: login.rules[0] has no methods; say which methods the rule asks for; [] lets"
                + " nobody in"),
        Arguments.of(
            "login: {rules: [{methods: []}, {methods: [], grups: [a]}]}",
            "1:46: unknown key 'grups'; did you mean 'groups'?"),
        Arguments.of(
            "login: {rules: [{methods: [], groups: []}]}",
            "1:39: login.rules[0].groups is an empty list; name a group, or remove the key if the"
                + " rule is for everybody"),
        Arguments.of(
            "login: {rules: [{methods: [], from: [localhost]}]}",
            "1:38: login.rules[0].from is wrong: 'localhost' is not an IP address or network,"),
        Arguments.of(
            "login: {rules: {methods: []}}",
            "1:16: login.rules must be a list, not keys and values"),
        Arguments.of(
            "login: {certificateAuthorities: ['" + DSA + "']}",
            "1:34: login.certificateAuthorities is wrong: DSA is too weak; use ssh-ed25519"),
        Arguments.of(
            "login: {certificateAuthorities: [ssh-ed25519]}",
            "1:34: login.certificateAuthorities is wrong: not an SSH public key: expected"),
        Arguments.of(
            "login: {recheckInterval: 2h}",
            "1:26: login.recheckInterval must be a duration from 1s to 5m, not '2h'"),
        Arguments.of(
            "login: {revokedKeys: \"a\\nb\"}",
            "1:22: login.revokedKeys must be one line of 1 to 1000 printable characters,"),
        Arguments.of(
            "limits: {maxAuthTrys: 3}",
            "1:10: unknown key 'maxAuthTrys'; did you mean 'maxAuthTries'?"),
        Arguments.of(
            "limits: {loginGraceTime: 2h}",
            "1:26: limits.loginGraceTime must be a duration from 1s to 1h, not '2h'"),
        Arguments.of(
            "limits: {maxStartups: 10:30}",
            "1:23: limits.maxStartups must be start:rate:full, such as 100:30:400, not '10:30'"),
        Arguments.of(
            "limits: {maxStartups: '100:30:99'}",
            "1:23: limits.maxStartups must be start:rate:full with a start of at least 1, a rate of"
                + " 1 to 100 percent and a full not below start, not '100:30:99'"),
        Arguments.of(
            "limits: {maxStartups: '10:0:100'}", "1:23: limits.maxStartups must be start:rate:"),
        Arguments.of(
            "limits: {maxStartups: '10:101:100'}", "1:23: limits.maxStartups must be start:rate:"),
        Arguments.of(
            "limits: {maxStartups: '0:30:100'}", "1:23: limits.maxStartups must be start:rate:"),
        Arguments.of(
            "limits: {perSourceNetBlockSize: '0:0'}",
            "1:33: limits.perSourceNetBlockSize must be from 8:16 to 32:128, not '0:0'"),
        Arguments.of(
            "limits: {perSourceNetBlockSize: '33:64'}",
            "1:33: limits.perSourceNetBlockSize must be from 8:16 to 32:128, not '33:64'"),
        Arguments.of(
            "limits: {perSourceNetBlockSize: '32:129'}",
            "1:33: limits.perSourceNetBlockSize must be from 8:16 to 32:128, not '32:129'"),
        Arguments.of(
            "limits: {perSourceNetBlockSize: 32}",
            "1:33: limits.perSourceNetBlockSize must be the bits of IPv4 and of IPv6 addresses,"
                + " such as 32:64, not '32'"),
        Arguments.of(
            "limits: {perSourcePenalties: {enabled: yes}}",
            "1:40: limits.perSourcePenalties.enabled must be true or false, not 'yes'"),
        Arguments.of(
            "limits: {perSourcePenalties: {min: 20m}}",
            "1:36: limits.perSourcePenalties.min leaves min (20m) longer than max (10m)"),
        Arguments.of(
            "limits: {perSourcePenalties: {max: 10s}}",
            "1:36: limits.perSourcePenalties.max leaves min (15s) longer than max (10s)"),
        Arguments.of(
            "limits: {channelTimeout: {'session:shel': 1h}}",
            "1:27: 'session:shel' is no channel type; did you mean 'session:shell'?"),
        Arguments.of(
            "limits: {channelTimeout: {'direct-tcpip': 0}}",
            "1:43: limits.channelTimeout.direct-tcpip must be a duration such as 90s, 5m or 1h,"),
        Arguments.of(
            "limits: {channelTimeout: {'sesion:*': 1h}}",
            "1:27: 'sesion:*' is no channel type and fits none"),
        Arguments.of(
            "limits: {channelTimeout: {'globa*': 1h}}",
            "1:27: 'globa*' is no channel type and fits none"),
        Arguments.of(
            "limits: {channelTimeout: {'session:subsystem:': 1h}}",
            "1:27: 'session:subsystem:' is no channel type"),
        Arguments.of(
            "limits: {maxPendingBytes: 16MB}",
            "1:27: limits.maxPendingBytes must be a number of bytes such as 4096, 64K, 16M or 1G,"
                + " not '16MB'"),
        Arguments.of(
            "limits: {maxPendingBytes: 2G}",
            "1:27: limits.maxPendingBytes must be a number of bytes from 1M to 1G, not '2G'"),
        Arguments.of(
            "limits: {rekeyLimit: {bytes: 65G}}",
            "1:30: limits.rekeyLimit.bytes must be a number of bytes from 1M to 64G, not '65G'"),
        Arguments.of(
            "limits: {rekeyLimit: {bytes: 999999999G}}",
            "1:30: limits.rekeyLimit.bytes must be a number of bytes from 1M to 64G,"),
        Arguments.of(
            "limits: {requests: {maxCommandBytes: 1}}",
            "1:38: limits.requests.maxCommandBytes must be a number of bytes from 1K to 1M,"),
        Arguments.of(
            "images: {gateway: registry.example.com:5000/gatehouse-gateway}",
            "1:19: images.gateway must name a tag or a digest:"),
        Arguments.of(
            "images: {toolbox: 'a:1'}\nkubernetes: {toolboxImage: 'b:1'}",
            "2:28: kubernetes.toolboxImage stands beside images.toolbox; keep one of them"),
        Arguments.of(
            "gateway: {service: {type: ClusterIP, nodePort: 30022}}",
            "1:48: gateway.service.nodePort is for the types LoadBalancer and NodePort"),
        Arguments.of(
            "gateway: {service: {type: NodePort, loadBalancer: aws}}",
            "1:51: gateway.service.loadBalancer is for the type LoadBalancer"),
        Arguments.of(
            "gateway: {service: {loadBalancer: aws}}",
            "1:35: gateway.service.loadBalancer is aws, which speaks the PROXY protocol; list the"
                + " networks of its subnets in gateway.proxyProtocolFrom"),
        Arguments.of(
            "gateway: {service: {type: Loadbalancer}}",
            "1:27: gateway.service.type must be LoadBalancer, NodePort or ClusterIP, not"
                + " 'Loadbalancer'"),
        Arguments.of(
            "directory: {deployed: {}, ldap: {servers: [ldaps://a], base: b, bindDn: c,"
                + " bindPasswordFile: d}}",
            "1:33: directory.ldap stands beside directory.deployed; keep one of them"),
        Arguments.of(
            "directory: {deployed: {backup: {schedule: nightly}}}",
            "1:43: directory.deployed.backup.schedule must be minute, hour, day, month and"
                + " weekday, such as '17 2 * * *', not 'nightly'"),
        Arguments.of(
            "costs: {currency: dollars}",
            "1:19: costs.currency must be three capital letters such as USD or EUR, not"
                + " 'dollars'"),
        Arguments.of(
            "costs: {prices: {gpus: {onDemand: 1}}}\npools: {gpu: {}}",
            "1:18: costs.prices.gpus is neither one of the pools nor an instance type such as"
                + " g5.xlarge; did you mean 'gpu'?"),
        Arguments.of(
            "costs: {prices: {g5.xlarge: {spot: 1e3}}}",
            "1:36: costs.prices.g5.xlarge.spot must be an amount of money such as 5 or 0.45, not"
                + " '1e3'"),
        Arguments.of(
            "costs: {prices: {g5.xlarge: {}}}",
            "1:29: costs.prices.g5.xlarge has no onDemand; say what a node costs for an hour, by"
                + " onDemand, spot or both"),
        Arguments.of(
            "pools: {gpu: {min: 3, max: 2}}", "1:28: pools.gpu.max is 2, which is less than min"),
        Arguments.of(
            "pools: {gpu: {min: 3, nodes: 2}}",
            "1:30: pools.gpu.nodes is 2, which is less than min"),
        Arguments.of(
            "pools: {gpu: {max: 3, ceiling: 2}}",
            "1:32: pools.gpu.ceiling is 2, which is less than max"),
        Arguments.of(
            "pools: {gpu: {ceiling: 2}}",
            "1:24: pools.gpu.ceiling bounds max, which is not there; say max too"),
        Arguments.of(
            "pools: {gpu: {max: 3, nodes: 4}}",
            "1:30: pools.gpu.nodes is 4, which is more than max"),
        Arguments.of(
            "pools: {gpu: {taints: [{key: a, effect: NoSchedul}]}}",
            "1:41: pools.gpu.taints[0].effect must be NoSchedule, PreferNoSchedule or NoExecute,"
                + " not 'NoSchedul'"),
        Arguments.of(
            "pools: {gpu: {instanceTypes: ['g5 xlarge']}}",
            "1:31: pools.gpu.instanceTypes must be a cloud's word, such as g5.xlarge or"
                + " eu-central-1a, not 'g5 xlarge'"),
        Arguments.of(
            "machineTypes: {standard: {pool: gpus}}\npools: {gpu: {}}",
            "1:33: machineTypes.standard.pool is 'gpus', which is none of the pools; did you mean"
                + " 'gpu'?"),
        Arguments.of(
            "machineTypes: {standard: {pool: gpu}}",
            "1:33: machineTypes.standard.pool is 'gpu', which is none of the pools"),
        Arguments.of(
            "machineTypes: {standard: {nodeSelector: {gatehouse.dev/pool: a}}}",
            "1:62: machineTypes.standard.nodeSelector.gatehouse.dev/pool is the label of a pool's"
                + " nodes; write pool: NAME in its place"),
        Arguments.of(
            "kubernetes: {network: {allow: [{name: db, cidr: 10.0.0.1, ports: [1], machineTypes:"
                + " [standrad]}]}}",
            "1:86: kubernetes.network.allow[0].machineTypes is 'standrad', which is none of the"
                + " machineTypes; did you mean 'standard'?"),
        Arguments.of(
            "kubernetes: {storageClasses: {homes: {}}}",
            "1:38: kubernetes.storageClasses.homes has no provisioner; name the driver, such as"
                + " ebs.csi.aws.com"),
        Arguments.of(
            "kubernetes: {storageClasses: {Homes: {provisioner: a}}}",
            "1:31: 'Homes' cannot be a Kubernetes name: small letters, digits, '-' and '.'"),
        Arguments.of("? [a, b]\n: c", "1:3: a key must be a word"),
        Arguments.of(
            "gateway: {port: 1, port: 2}", "1:20: gateway.'port' is given twice, first on line 1"),
        Arguments.of(
            "\"\\e]52;x\": 1",
            "1:1: unknown key '?]52;x'; allowed here: apps, cloud, costs, definition, "));
  }

  @ParameterizedTest
  @MethodSource("single")
  void parse_oneMistake_isToldWithItsPlace(String yaml, String expected) {
    assertThat(mistakes(yaml)).startsWith("cluster.yaml:" + expected).doesNotContain("\n");
  }

  @Test
  void parse_manyMistakes_areToldTogetherInOrder() {
    var text =
        mistakes(
            """
            machineTypes:
              standard: {groups: [ML]}
            gateway:
              port: none
              host: ""
            what: ever
            """);
    assertThat(text.lines().map(l -> l.substring(0, l.indexOf(": "))))
        .containsExactly(
            "cluster.yaml:2:23", "cluster.yaml:4:9", "cluster.yaml:5:9", "cluster.yaml:6:1");
  }

  /** Somebody in a hurry: everything is told at once, each at its place, with the way out. */
  @Test
  void parse_carelessFile_isToldAllOfIt() {
    assertThat(
            mistakes(
                    """
                    definition:
                      readonly: in git
                    images:
                      repository: registry.example.com/
                      gateway: gatehouse-gateway
                      pullSecret: [registry]
                    gateway:
                      replicas: two
                      cpu: 150M
                      memory: 768M
                      service:
                        type: Loadbalancer
                        nodePort: 22
                        sourceRanges: 10.0.0.0/8
                    directory:
                      deployed:
                        base: example.com
                        servers: 3
                        backup: nightly
                        password: hunter2
                    pools:
                      gpu:
                        min: 2
                        max: 1
                        memory: 64GB
                        taints: [{value: present}]
                    machineTypes:
                      standard: {like: standrad}
                      gpu: {like: standard, pool: gpus, environment: {API_TOKEN: abcdef123456}}
                    kubernetes:
                      quota: {pods: 1e3}
                      network:
                        allow:
                          - {name: db, cidr: 10.0.0.0/99, ports: [], machineTypes: [gpuu]}
                      storageClasses:
                        homes: {provisoner: ebs.csi.aws.com}
                    """)
                .lines())
        .containsExactly(
            "cluster.yaml:2:3: unknown key 'readonly'; did you mean 'readOnly'?",
            "cluster.yaml:4:15: images.repository must be what stands before the last slash"
                + " of the images' names, without that slash",
            "cluster.yaml:5:12: images.gateway must name a tag or a digest:"
                + " gatehouse-gateway:1.2.0, or gatehouse-gateway@sha256:…",
            "cluster.yaml:6:3: unknown key 'pullSecret'; did you mean 'pullSecrets'?",
            "cluster.yaml:8:13: gateway.replicas must be a whole number from 1 to 20, not"
                + " 'two'",
            "cluster.yaml:9:8: gateway.cpu must be a number of cores such as 2, 0.5 or 500m,"
                + " not '150M'",
            "cluster.yaml:10:11: gateway.memory must be a size such as 512Mi, 4Gi or 1Ti,"
                + " not '768M'",
            "cluster.yaml:12:11: gateway.service.type must be LoadBalancer, NodePort or"
                + " ClusterIP, not 'Loadbalancer'",
            "cluster.yaml:13:15: gateway.service.nodePort must be a whole number from 30000"
                + " to 32767, not '22'",
            "cluster.yaml:14:19: gateway.service.sourceRanges must be a list, not"
                + " '10.0.0.0/8'",
            "cluster.yaml:17:11: directory.deployed.base must be a DN such as"
                + " dc=example,dc=com, not 'example.com'",
            "cluster.yaml:18:14: directory.deployed.servers must be a whole number from 1 to"
                + " 2, not '3'",
            "cluster.yaml:19:13: directory.deployed.backup must hold keys and values, not"
                + " 'nightly'",
            "cluster.yaml:20:5: directory.deployed.password would be a secret in clear text,"
                + " which everybody can read who may see the definition; keep it in a file that"
                + " only its owner can read",
            "cluster.yaml:24:10: pools.gpu.max is 1, which is less than min",
            "cluster.yaml:25:13: pools.gpu.memory must be a size such as 512Mi, 4Gi or 1Ti,"
                + " not '64GB'",
            "cluster.yaml:26:14: pools.gpu.taints[0] has no key; name the taint's key",
            "cluster.yaml:28:20: machineTypes.standard.like is 'standrad', which is none of"
                + " the machineTypes; did you mean 'standard'?",
            "cluster.yaml:29:31: machineTypes.gpu.pool is 'gpus', which is none of the"
                + " pools; did you mean 'gpu'?",
            "cluster.yaml:29:62: machineTypes.gpu.environment.API_TOKEN would be a secret in"
                + " clear text, which everybody can read who may see the definition; write it to a"
                + " file in the home, or on a claim that volumes mount, and name the file:"
                + " API_TOKEN_FILE: /path",
            "cluster.yaml:31:17: kubernetes.quota.pods must be a whole number from 1 to"
                + " 1000000, not '1e3'",
            "cluster.yaml:34:26: kubernetes.network.allow[0].cidr is wrong: '10.0.0.0/99' is"
                + " not a network: behind the slash stands a number from 0 to 32",
            "cluster.yaml:34:46: kubernetes.network.allow[0].ports is an empty list; list"
                + " those that may be reached",
            "cluster.yaml:34:65: kubernetes.network.allow[0].machineTypes is 'gpuu', which"
                + " is none of the machineTypes; did you mean 'gpu'?",
            "cluster.yaml:36:12: kubernetes.storageClasses.homes has no provisioner; name"
                + " the driver, such as ebs.csi.aws.com",
            "cluster.yaml:36:13: unknown key 'provisoner'; did you mean 'provisioner'?");
  }

  @Test
  void parse_hundredsOfMistakes_endsInACount() {
    var yaml = new StringBuilder();
    for (var i = 0; i < 300; i++) {
      yaml.append("mistake").append(i).append(": 1\n");
    }
    assertThat(mistakes(yaml.toString()).lines()).hasSize(51).endsWith("… and 250 more");
  }
}
