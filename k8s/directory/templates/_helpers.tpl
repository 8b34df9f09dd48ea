{{/* A quantity as a text: a number of a values file is a floating point number to Helm, which it writes as 1e+06. */}}
{{- define "directory.quantity" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* The labels of one part; its pods are selected by them, so they can never change. */}}
{{- define "directory.labels" -}}
app.kubernetes.io/name: {{ . }}
app.kubernetes.io/part-of: gatehouse
{{- end -}}

{{/* The tag of images that are not named: a build between releases has that of the release to come, as in the definition. */}}
{{- define "directory.tag" -}}
{{- trimSuffix "-SNAPSHOT" .Chart.AppVersion -}}
{{- end -}}

{{- define "directory.image" -}}
{{- .Values.images.directory | default (printf "gatehouse-directory:%s" (include "directory.tag" .)) -}}
{{- end -}}

{{- define "directory.pullSecrets" -}}
{{- with .Values.imagePullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The servers' addresses, with a blank between. */}}
{{- define "directory.urls" -}}
{{- $urls := list -}}
{{- range $number := until (int .Values.servers) -}}
{{- $urls = append $urls (printf "ldaps://directory-%d.directory.%s.svc:1636" $number $.Release.Namespace) -}}
{{- end -}}
{{- join " " $urls -}}
{{- end -}}

{{/* A restart is due when a setting changes: the servers' configuration is made at their start. */}}
{{- define "directory.settingsChecksum" -}}
gatehouse.dev/settings: {{ list .Values.suffix .Values.administrators | toJson | sha256sum | trunc 16 | quote }}
{{- end -}}

{{/* Pod Security's restricted, as the image's user. */}}
{{- define "directory.podSecurity" -}}
runAsNonRoot: true
runAsUser: 33889
runAsGroup: 33889
fsGroup: 33889
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "directory.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
