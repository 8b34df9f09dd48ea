{{/* A quantity as a text: a number of a values file is a floating point number to Helm, which it writes as 1e+06. */}}
{{- define "gatehouse.quantity" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* By these pods are selected: they can never change. */}}
{{- define "gatehouse.gatewayLabels" -}}
app.kubernetes.io/name: gatehouse
app.kubernetes.io/component: gateway
{{- end -}}

{{- define "gatehouse.operatorLabels" -}}
app.kubernetes.io/name: gatehouse
app.kubernetes.io/component: operator
{{- end -}}

{{/* The tag of images that are not named: a build between releases has that of the release to come, as in the definition. */}}
{{- define "gatehouse.tag" -}}
{{- trimSuffix "-SNAPSHOT" .Chart.AppVersion -}}
{{- end -}}

{{- define "gatehouse.image" -}}
{{- .Values.images.gateway | default (printf "gatehouse-gateway:%s" (include "gatehouse.tag" .)) -}}
{{- end -}}

{{- define "gatehouse.pullSecrets" -}}
{{- with .Values.imagePullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Pod Security's restricted, as the image's user. */}}
{{- define "gatehouse.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "gatehouse.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* What makes a Network Load Balancer. Read by fromYaml, so a site's own annotations can go before these. */}}
{{- define "gatehouse.awsAnnotations" -}}
service.beta.kubernetes.io/aws-load-balancer-type: external
# internal, for who comes by VPN only. It cannot be changed later.
service.beta.kubernetes.io/aws-load-balancer-scheme: {{ .Values.gateway.service.scheme }}
# Straight to the pods, without a node between.
service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip
# Version 2.
service.beta.kubernetes.io/aws-load-balancer-proxy-protocol: '*'
service.beta.kubernetes.io/aws-load-balancer-attributes: load_balancing.cross_zone.enabled=true
# Sessions go on while their gateway drains.
service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: >-
  deregistration_delay.timeout_seconds={{ .Values.gateway.terminationGracePeriodSeconds | int64 }},deregistration_delay.connection_termination.enabled=false
# By TCP and on the SSH port: the balancer puts the PROXY header in front of its checks too, and HTTP would not
# understand it. Whether a gateway is ready, Kubernetes tells it.
service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol: tcp
service.beta.kubernetes.io/aws-load-balancer-healthcheck-port: traffic-port
service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval: '10'
service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold: '2'
service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold: '2'
{{- end -}}
