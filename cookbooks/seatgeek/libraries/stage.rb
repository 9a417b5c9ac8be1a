module SeatGeek
  # At `image` recipes install and configure; what mounts, joins, starts or notifies waits for `instance`. A run that
  # does not say is one on an instance.
  module Stage
    NAMES = %w(image instance).freeze

    def instance_stage?
      stage = node.read('package', 'stage') || 'instance'
      raise "node['package']['stage'] is #{stage.inspect}, not one of: #{NAMES.join(', ')}" unless NAMES.include?(stage)

      stage == 'instance'
    end

    # What becomes of a service: nothing may start by itself on a node made from the image before Chef has converged it.
    def service_actions
      instance_stage? ? %i(enable start) : %i(disable stop)
    end
  end
end

Chef::DSL::Universal.include(SeatGeek::Stage)
