/** `__settings__` of nodes.json. Every field is described in docs/nodes-json.md. */
export interface Settings {
  project?: string
  environment?: string
  accounts?: string[]
  chef_server?: { url?: string; client_name?: string; key_path?: string }
  registry?: { backend: 'etcd' | 'consul' | 'tags'; endpoints?: string[] }
  artifacts_bucket?: string
  cookbook_paths?: string[]
  sources?: Record<string, string[]>
}
