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

{{- define "gatehouse.image" -}}
{{- .Values.images.gateway | default (printf "gatehouse-gateway:%s" .Chart.AppVersion) -}}
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
