{{- define "assistant.environment" -}}
- {name: ENVIRONMENT, value: production}
- {name: PUBLIC_URL, value: {{ .root.Values.publicUrl | quote }}}
- {name: CORS_ORIGINS, value: {{ .root.Values.corsOrigins | quote }}}
- {name: DESK_URL, value: {{ .root.Values.deskUrl | quote }}}
- {name: DESK_HOST, value: "0.0.0.0"}
- {name: DESK_PORT, value: "5006"}
- {name: ACTIONS_HOST, value: {{ ternary "0.0.0.0" "actions" (eq .name "actions") | quote }}}
- {name: ACTIONS_PORT, value: "5055"}
- {name: REDIS_HOST, value: {{ .root.Values.redis.host | quote }}}
- {name: REDIS_PORT, value: {{ .root.Values.redis.port | quote }}}
- {name: CHAT_RATE_STORE, value: "redis://{{ .root.Values.redis.host }}:{{ .root.Values.redis.port }}/1?socket_timeout=1"}
- {name: SANIC_PROXIES_COUNT, value: "1"}
- {name: METRICS_HOST, value: "0.0.0.0"}
- {name: METRICS_PORT, value: {{ ternary "9100" "0" (eq .name "assistant") | quote }}}
{{- end }}
