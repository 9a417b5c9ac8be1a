/** A nodes.json of so many groups, each as large as the seed's. */
export function fleet(groups) {
  const nodes = {
    __base__: {
      autoscale: false,
      type: 'amazon-ebs',
      region: 'us-east-1',
      instance_type: 'm1.large',
      source_ami: 'ami-1ebb2077',
      security_groups: ['external', 'internal'],
      default_attributes: { environment: 'production', key: 'value' },
      run_list: [
        'recipe[seatgeek::base-server]',
        'recipe[seatgeek::collect-services]',
        'recipe[seatgeek::decommission-services]',
      ],
      post_run_list: ['recipe[seatgeek::notify-services]', 'recipe[sudo]'],
    },
  }
  for (let index = 0; index < groups; index++) {
    nodes[`group-${String(index).padStart(5, '0')}`] = {
      description: `instance number ${index}, responsible for worker processes`,
      autoscale: { timeout: 120, node_min: 2, node_max: 2 },
      security_groups: ['bee'],
      default_attributes: { other_key: 'value', number: index },
      run_list: [
        'recipe[seatgeek-service::api-workers]',
        'recipe[seatgeek-service::cronq-workers]',
        'recipe[seatgeek-service::djjob]',
      ],
    }
  }
  return nodes
}
