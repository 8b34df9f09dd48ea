{{/* A quantity as a text: a number of a values file is a floating point number to Helm, which it writes as 1e+06. */}}
{{- define "foundation.quantity" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{- define "foundation.workspaces" -}}
{{- if eq .Values.workspaces.namespace .Release.Namespace -}}
{{- fail (printf "workspaces.namespace is %q, where the gateway runs: who can make a pod beside it could read its keys" .Release.Namespace) -}}
{{- end -}}
{{- .Values.workspaces.namespace -}}
{{- end -}}

{{/* The IPv4 networks of network.private, as items of a list. */}}
{{- define "foundation.private4" -}}
{{- range .Values.network.private }}
{{- if not (contains ":" .) }}
- {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Its IPv6 networks, and by NAT64 (RFC 6052) the IPv4 ones. */}}
{{- define "foundation.private6" -}}
{{- range .Values.network.private }}
{{- if contains ":" . }}
- {{ . | quote }}
{{- else }}
{{- $length := splitList "/" . | last | atoi }}
{{- $bytes := list }}
{{- range splitList "/" . | first | splitList "." }}
{{- $bytes = append $bytes (atoi .) }}
{{- end }}
- {{ printf "64:ff9b::%x%02x:%x%02x/%d" (index $bytes 0) (index $bytes 1) (index $bytes 2) (index $bytes 3) (add 96 $length) | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "foundation.gatewaySelector" -}}
app.kubernetes.io/name: gatehouse
app.kubernetes.io/component: gateway
{{- end -}}

{{/* Binds a Role to the ServiceAccount of the same name: a list of namespace and name. */}}
{{- define "foundation.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ .name }}
  namespace: {{ .namespace }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ .name }}
    namespace: {{ .accounts }}
{{- end -}}
